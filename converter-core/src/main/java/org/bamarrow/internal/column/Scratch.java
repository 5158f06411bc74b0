package org.bamarrow.internal.column;

import java.io.IOException;
import java.util.Arrays;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Remedy;
import org.bamarrow.errors.WordedIOException;

/**
 * A growing byte array that a decoder fills and reuses from batch to batch. Space is kept for eight
 * bytes more than asked for, so that wide stores may run over the end of a value.
 */
final class Scratch {
  private static final int SLACK = 8;

  /** A larger array, grown for a rare large record, is not kept for the next batch. */
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

  /** Makes room for {@code more} bytes behind {@link #size}. */
  void ensure(long more) throws IOException {
    if (bytes.length - SLACK - size < more) {
      grow(more);
    }
  }

  private void grow(long more) throws IOException {
    long wanted = size + more + SLACK;
    if (wanted > Integer.MAX_VALUE - 64) {
      throw new WordedIOException(
          "a batch would need a column of over 2 GiB",
          Remedy.of("use fewer ", OptionKey.BATCH_ROWS, " or ", OptionKey.BATCH_BYTES));
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

  /** Appends so many zeros; by copying, which is fast before anything is compiled, too. */
  void appendZeros(long length) throws IOException {
    ensure(length);
    int end = size + (int) length;
    while (size < end) {
      int piece = Math.min(end - size, ZEROS.length);
      System.arraycopy(ZEROS, 0, bytes, size, piece);
      size += piece;
    }
  }

  /** Appends one byte, for which there is room. */
  void put(int value) {
    bytes[size++] = (byte) value;
  }
}
