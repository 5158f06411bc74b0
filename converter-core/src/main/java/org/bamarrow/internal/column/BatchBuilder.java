package org.bamarrow.internal.column;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/**
 * Lays out the buffers of a record batch in one Arrow buffer, each at a multiple of 8 bytes with
 * zero padding, as in the body of an IPC message. Not thread-safe.
 *
 * <p>The batch shares that memory; when all references to it are released, the next batch reuses
 * it.
 */
public final class BatchBuilder implements AutoCloseable {
  private static final int ALIGNMENT = 8;

  /** Larger memory, which a rare large record needs, is not reused for a small batch. */
  private static final long KEPT = 1 << 25;

  private final BufferAllocator allocator;
  private final List<ArrowFieldNode> nodes = new ArrayList<>();
  private final List<byte[]> sources = new ArrayList<>();
  private final List<Integer> lengths = new ArrayList<>();
  private final List<ArrowBuf> memory = new ArrayList<>();
  private long total;

  public BatchBuilder(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  void node(int length, int nulls) {
    nodes.add(new ArrowFieldNode(length, nulls));
  }

  /** The next buffer: the first {@code length} bytes of {@code source}, read by {@link #build}. */
  void buffer(byte[] source, int length) {
    sources.add(source);
    lengths.add(length);
    total += padded(length);
  }

  void buffer(Scratch scratch) {
    buffer(scratch.bytes, scratch.size);
  }

  /** The batch of all nodes and buffers added since the last one; owned by the caller. */
  ArrowRecordBatch build(int rows) {
    ArrowBuf body = memory(total);
    List<ArrowBuf> buffers = new ArrayList<>(sources.size());
    long at = 0;
    for (int i = 0; i < sources.size(); i++) {
      int length = lengths.get(i);
      body.setBytes(at, sources.get(i), 0, length);
      body.setZero(at + length, padded(length) - length);
      buffers.add(body.slice(at, length).writerIndex(length));
      at += padded(length);
    }
    ArrowRecordBatch batch = new ArrowRecordBatch(rows, List.copyOf(nodes), buffers);
    nodes.clear();
    sources.clear();
    lengths.clear();
    total = 0;
    return batch;
  }

  /** Memory of at least {@code size} bytes without other references. */
  private ArrowBuf memory(long size) {
    for (ArrowBuf free : memory) {
      boolean fits = free.capacity() >= size && free.capacity() <= Math.max(KEPT, 2 * size);
      if (fits && free.getReferenceManager().getRefCount() == 1) {
        return free;
      }
    }
    memory.removeIf(
        old -> {
          boolean unused = old.getReferenceManager().getRefCount() == 1;
          if (unused) {
            old.close();
          }
          return unused;
        });
    ArrowBuf fresh = allocator.buffer(Math.max(size + (size >> 2), 1 << 16));
    memory.add(fresh);
    return fresh;
  }

  private static long padded(int length) {
    return ((long) length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Releases the memory of this builder; batches that are still open keep theirs. */
  @Override
  public void close() {
    memory.forEach(ArrowBuf::close);
    memory.clear();
  }
}
