package org.bamarrow.internal.ipc;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Memory for the bodies of record batches, which is reused when the batches that share it are
 * closed. Not thread-safe.
 */
final class BodyMemory implements AutoCloseable {
  private static final long MIN_BYTES = 1 << 16;

  /** Larger memory, which a rare large record needs, is not reused for a small batch. */
  private static final long KEPT_BYTES = 1 << 25;

  private final BufferAllocator allocator;
  private final List<ArrowBuf> memory = new ArrayList<>();

  BodyMemory(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /** Memory of at least {@code size} bytes without other references; owned by this object. */
  ArrowBuf get(long size) {
    for (ArrowBuf free : memory) {
      if (isUnused(free)
          && free.capacity() >= size
          && free.capacity() <= Math.max(KEPT_BYTES, 2 * size)) {
        return free;
      }
    }
    memory.removeIf(
        old -> {
          boolean unused = isUnused(old);
          if (unused) {
            old.close();
          }
          return unused;
        });
    ArrowBuf fresh = allocator.buffer(Math.max(size + (size >> 2), MIN_BYTES));
    memory.add(fresh);
    return fresh;
  }

  private static boolean isUnused(ArrowBuf buffer) {
    return buffer.getReferenceManager().getRefCount() == 1;
  }

  /** Releases the memory; batches that are still open keep theirs. */
  @Override
  public void close() {
    memory.forEach(ArrowBuf::close);
    memory.clear();
  }
}
