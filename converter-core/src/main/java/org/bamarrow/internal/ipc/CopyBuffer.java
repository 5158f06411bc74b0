package org.bamarrow.internal.ipc;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** A buffer of a batch that is being copied together; it grows. Not thread-safe. */
final class CopyBuffer implements AutoCloseable {
  private static final int MIN_BYTES = 1 << 10;

  private final BufferAllocator allocator;
  private ArrowBuf memory;
  private long size;

  CopyBuffer(BufferAllocator allocator) {
    this.allocator = allocator;
    this.memory = allocator.getEmpty();
  }

  /** Number of bytes used. */
  long size() {
    return size;
  }

  /** The memory, which changes with {@link #reserve} and {@link #take}. */
  ArrowBuf memory() {
    return memory;
  }

  /** Makes the buffer have {@code bytes} bytes; new ones are undefined. */
  ArrowBuf reserve(long bytes) {
    long padded = bytes + 7 & ~7L;
    if (padded > memory.capacity()) {
      ArrowBuf larger = allocator.buffer(Math.max(MIN_BYTES, padded + (padded >> 1)));
      larger.setBytes(0, memory, 0, size);
      memory.close();
      memory = larger;
    }
    size = bytes;
    return memory;
  }

  /** Appends bytes of another buffer. */
  void append(ArrowBuf source, long from, long length) {
    if (length > 0) {
      long at = size;
      reserve(at + length).setBytes(at, source, from, length);
    }
  }

  /** The content with zeros as padding, owned by the caller; the buffer is empty afterwards. */
  ArrowBuf take() {
    ArrowBuf taken = memory;
    if (size > 0) { // padding may be written, if the next buffer is adjacent
      taken.setZero(size, (size + 7 & ~7L) - size);
    }
    taken.writerIndex(size);
    memory = allocator.getEmpty();
    size = 0;
    return taken;
  }

  @Override
  public void close() {
    take().close();
  }
}
