package org.bamarrow.internal.ipc;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** The offsets of a {@link CopiedColumn} with values of varying length. */
final class CopyOffsets implements AutoCloseable {
  private final int width;
  private final CopyBuffer target;
  private ArrowBuf source;
  private long end;

  /**
   * @param width bytes of an offset: 4 or 8
   */
  CopyOffsets(int width, BufferAllocator allocator) {
    this.width = width;
    this.target = new CopyBuffer(allocator);
  }

  void bind(ArrowBuf offsets) {
    source = offsets;
  }

  /** Offset {@code index} of the source. */
  long at(int index) {
    return at(source, index);
  }

  private long at(ArrowBuf buffer, long index) {
    if (buffer.capacity() == 0) {
      return 0; // of no values, whose one offset may be missing
    }
    return width == Integer.BYTES
        ? buffer.getInt(index * Integer.BYTES)
        : buffer.getLong(index * Long.BYTES);
  }

  /** Bytes of the offsets of values. */
  long bytes(int count) {
    return (long) width * count;
  }

  /** Appends the offsets of a run of values of the source. */
  void append(int from, int count) {
    if (target.size() == 0) {
      put(target.reserve(width), 0, 0);
    }
    long first = target.size() / width;
    ArrowBuf memory = target.reserve(target.size() + bytes(count));
    long shift = end - at(from);
    for (int i = 0; i < count; i++) {
      put(memory, first + i, at(source, from + i + 1L) + shift);
    }
    end = at(from + count) + shift;
  }

  private void put(ArrowBuf memory, long index, long value) {
    if (width == Integer.BYTES) {
      memory.setInt(index * Integer.BYTES, (int) value);
    } else {
      memory.setLong(index * Long.BYTES, value);
    }
  }

  /** As {@link CopyBuffer#take}; one offset for no values. */
  ArrowBuf take() {
    if (target.size() == 0) {
      put(target.reserve(width), 0, 0);
    }
    end = 0;
    return target.take();
  }

  @Override
  public void close() {
    target.close();
  }
}
