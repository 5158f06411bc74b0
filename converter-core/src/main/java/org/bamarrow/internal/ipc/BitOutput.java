package org.bamarrow.internal.ipc;

/** Writes bits to a byte array, least significant bit first, as Zstandard's bitstreams need. */
final class BitOutput {
  private byte[] bytes;
  private int position;
  private long pending;
  private int count;

  /** Continues at the 0-based position of the array. */
  void start(byte[] target, int from) {
    bytes = target;
    position = from;
    pending = 0;
    count = 0;
  }

  /**
   * Adds the lowest bits of a value; at most 56 bits fit between calls of {@link #flush}.
   *
   * @param value its higher bits must be 0
   */
  void add(int value, int bits) {
    pending |= (long) value << count;
    count += bits;
  }

  /** Writes the whole bytes. */
  void flush() {
    while (count >= 8) {
      bytes[position++] = (byte) pending;
      pending >>>= 8;
      count -= 8;
    }
  }

  /**
   * Writes the whole bytes if they take more than half of the space; call after 28 bits or less.
   */
  void flushIfFull() {
    if (count > 28) {
      flush();
    }
  }

  /** Writes all bits, padded with zeros to a byte; returns the position after them. */
  int finish() {
    count = count + 7 & ~7;
    flush();
    return position;
  }
}
