package org.bamarrow.internal.bgzf;

import java.util.zip.DataFormatException;

/** The bits of a DEFLATE stream, first bit lowest (RFC 1951 section 3.1.1). Reused. */
final class DeflateInput {
  byte[] source;

  /** Index of the first byte that is not in {@link #bits}. */
  int position;

  /** Index after the last byte of the stream. */
  int end;

  /** The next bits; those above {@link #count} are zero or those of the byte at the position. */
  long bits;

  /** Number of valid bits, 0 to 63. */
  int count;

  void open(byte[] newSource, int offset, int length) {
    source = newSource;
    position = offset;
    end = offset + length;
    bits = 0;
    count = 0;
  }

  /** After this at least 56 bits are valid, or all that are left. */
  void refill() {
    while (count < 56 && position < end) {
      bits |= (source[position++] & 0xffL) << count;
      count += 8;
    }
  }

  /**
   * The next bits as a number, consumed.
   *
   * @param width number of bits, 0 to 16
   */
  int take(int width) throws DataFormatException {
    if (count < width) {
      refill();
    }
    int value = (int) bits & (1 << width) - 1;
    skip(width);
    return value;
  }

  /**
   * Consumes bits that were looked at.
   *
   * @throws DataFormatException if the stream has fewer
   */
  void skip(int width) throws DataFormatException {
    if (width > count) {
      throw CheckedInflater.truncated();
    }
    bits >>>= width;
    count -= width;
  }

  /** Drops the rest of a byte; after this the position is that of the next byte. */
  void alignToByte() {
    position -= count >>> 3;
    bits = 0;
    count = 0;
  }
}
