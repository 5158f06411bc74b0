package org.bamarrow.internal.column;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** The buffers of the columns of one decoder. Not thread-safe. */
final class BatchMemory implements AutoCloseable {
  private final BufferAllocator allocator;
  private final List<GrowableBuffer> buffers = new ArrayList<>();

  /**
   * @param allocator owned by the caller
   */
  BatchMemory(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  GrowableBuffer newBuffer() {
    GrowableBuffer buffer = new GrowableBuffer(allocator);
    buffers.add(buffer);
    return buffer;
  }

  /** The buffer of length 0. */
  ArrowBuf empty() {
    return allocator.getEmpty();
  }

  /** Releases the memory; batches that are still open keep theirs. */
  @Override
  public void close() {
    buffers.forEach(GrowableBuffer::close);
  }
}
