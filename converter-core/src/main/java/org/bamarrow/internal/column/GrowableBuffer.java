package org.bamarrow.internal.column;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Remedy;
import org.bamarrow.errors.WordedIOException;
import org.bamarrow.internal.base.LittleEndian;

/**
 * One buffer of a record batch, which a decoder fills in place in Arrow's memory. The batch shares
 * that memory; when the batch is closed, a later one reuses it. Has 8 bytes more than requested, so
 * that 64-bit stores may extend past the end of a value. Not thread-safe.
 */
final class GrowableBuffer implements AutoCloseable {
  private static final int SLACK = 8;

  /** Maximum capacity that is kept for the next batch. */
  private static final int KEPT = 1 << 25;

  /** Values of this length and more are copied by the JVM's copy routine. */
  private static final int LONG_VALUE = 1 << 10;

  private final BufferAllocator allocator;

  /** Memory of earlier batches, which may still be open; they are closed in this order. */
  private final Deque<ArrowBuf> lent = new ArrayDeque<>();

  private ArrowBuf memory;
  private int capacity;

  /** Address of the first byte; changes when the buffer grows. */
  long address;

  /** Number of bytes used. */
  int size;

  /** For {@link BatchMemory}, which closes it. */
  GrowableBuffer(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /** Empties the buffer for the next batch. */
  void clear() {
    size = 0;
    if (memory == null) {
      return;
    }
    if (memory.getReferenceManager().getRefCount() > 1) {
      lent.add(memory);
      use(returned());
    } else if (capacity > KEPT) {
      memory.close();
      use(null);
    }
  }

  /**
   * Memory of a closed batch, or null. Looks no further than the first open batch: a chunk may have
   * thousands of small ones.
   */
  private ArrowBuf returned() {
    ArrowBuf found = null;
    while (!lent.isEmpty() && lent.peek().getReferenceManager().getRefCount() == 1) {
      ArrowBuf buffer = lent.poll();
      if (found == null && buffer.capacity() <= KEPT) {
        found = buffer;
      } else {
        buffer.close();
      }
    }
    return found;
  }

  private void use(ArrowBuf buffer) {
    memory = buffer;
    capacity = buffer == null ? 0 : (int) Math.min(buffer.capacity(), Integer.MAX_VALUE);
    address = buffer == null ? 0 : buffer.memoryAddress();
  }

  /** Ensures that {@code more} bytes are available after {@link #size}. */
  void ensure(long more) throws IOException {
    if (capacity - SLACK - size < more) {
      grow(more);
    }
  }

  private void grow(long more) throws IOException {
    long wanted = size + more + SLACK;
    if (wanted > Integer.MAX_VALUE - 64) {
      throw new WordedIOException(
          "a column of the batch would exceed 2 GiB",
          Remedy.of("use smaller ", OptionKey.BATCH_ROWS, " or ", OptionKey.BATCH_BYTES));
    }
    long roomy = Math.min(wanted + (wanted >> 1), Integer.MAX_VALUE - 64);
    ArrowBuf larger = allocator.buffer(Math.max(roomy, 1 << 10));
    if (memory != null) {
      OffHeap.copy(address, larger.memoryAddress(), size);
      memory.close();
    }
    use(larger);
  }

  /** Makes {@code length} bytes available at the end, with undefined content. */
  void reserve(long length) throws IOException {
    ensure(length);
    size += (int) length;
  }

  /** Appends {@code source[from, from + length)}; returns the bitwise OR of its bytes, repeated. */
  long append(byte[] source, int from, int length) throws IOException {
    ensure(length);
    long to = address + size;
    size += length;
    if (length >= LONG_VALUE) {
      OffHeap.copy(source, from, to, length);
      return or(source, from, length);
    }
    if (length < 8) {
      return appendShort(source, from, length, to);
    }
    int last = length - 8;
    long or = LittleEndian.int64(source, from + last);
    OffHeap.int64(to + last, or);
    for (int i = 0; i < last; i += 8) {
      long word = LittleEndian.int64(source, from + i);
      OffHeap.int64(to + i, word);
      or |= word;
    }
    return or;
  }

  private static long appendShort(byte[] source, int from, int length, long to) {
    long word = 0;
    for (int i = length - 1; i >= 0; i--) {
      word = word << 8 | source[from + i] & 0xff;
    }
    OffHeap.int64(to, word);
    return word;
  }

  private static long or(byte[] source, int from, int length) {
    long or = 0;
    for (int i = 0; i < length - 8; i += 8) {
      or |= LittleEndian.int64(source, from + i);
    }
    return or | LittleEndian.int64(source, from + length - 8);
  }

  /** Appends one byte; {@link #ensure} must have been called before. */
  void put(int value) {
    OffHeap.int8(address + size++, value);
  }

  /** Sets the 32-bit element {@code index}, which has been reserved. */
  void int32(int index, int value) {
    OffHeap.int32(address + 4L * index, value);
  }

  /** The 32-bit element {@code index}. */
  int int32(int index) {
    return OffHeap.int32(address + 4L * index);
  }

  /** Appends a 32-bit number. */
  void append32(int value) throws IOException {
    ensure(4);
    OffHeap.int32(address + size, value);
    size += 4;
  }

  /** A copy of the bytes. */
  byte[] toBytes() {
    byte[] bytes = new byte[size];
    OffHeap.copy(address, bytes, 0, size);
    return bytes;
  }

  /**
   * The bytes, followed by zeros up to a multiple of 8, as a buffer that shares the memory, without
   * a reference of its own.
   */
  ArrowBuf slice() {
    OffHeap.int64(address + size, 0);
    return memory.slice(0, size).writerIndex(size);
  }

  /** Releases the memory; batches that are still open keep theirs. */
  @Override
  public void close() {
    lent.forEach(ArrowBuf::close);
    lent.clear();
    if (memory != null) {
      memory.close();
      use(null);
    }
  }
}
