package org.bamarrow.internal.column;

import java.io.IOException;
import java.util.Arrays;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Remedy;
import org.bamarrow.errors.WordedIOException;

/**
 * A growable byte array that a decoder reuses from batch to batch. It has 8 bytes more than
 * requested, so that 64-bit stores may extend past the end of a value.
 */
final class Scratch {
  private static final int SLACK = 8;

  /** Maximum length of an array that is kept for the next batch. */
  private static final int KEPT = 1 << 25;

  private static final byte[] ZEROS = new byte[1 << 12];

  byte[] bytes = new byte[1 << 10];
  int size;

  void clear() {
    size = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[1 << 10];
    }
  }

  /** Ensures that {@code more} bytes are available after {@link #size}. */
  void ensure(long more) throws IOException {
    if (bytes.length - SLACK - size < more) {
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
    bytes = Arrays.copyOf(bytes, (int) roomy);
  }

  void append(byte[] source, int from, int length) throws IOException {
    ensure(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  void append(byte[] source) throws IOException {
    append(source, 0, source.length);
  }

  /** Appends {@code length} zeros by copying, which is fast in uncompiled code, too. */
  void appendZeros(long length) throws IOException {
    ensure(length);
    int end = size + (int) length;
    while (size < end) {
      int count = Math.min(end - size, ZEROS.length);
      System.arraycopy(ZEROS, 0, bytes, size, count);
      size += count;
    }
  }

  /** Appends one byte; {@link #ensure} must have been called before. */
  void put(int value) {
    bytes[size++] = (byte) value;
  }
}
