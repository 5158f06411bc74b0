package org.bamarrow.internal.column;

/** Integers as decimal text in byte arrays. */
final class Decimal {
  /** The longest text of an integer tag or array element, {@code -2147483648}. */
  static final int MAX_LENGTH = 11;

  /** 2^35 / 10, rounded up: exact for quotients of unsigned 32-bit numbers. */
  private static final long TENTH = 0xCCCCCCCDL;

  private Decimal() {}

  /**
   * Writes {@code value} at offset {@code at}, where {@link #MAX_LENGTH} bytes must be available.
   *
   * @param value in [-2^31, 2^32)
   * @return offset after the text
   */
  static int write(long value, byte[] target, int at) {
    int to = at;
    long rest = value;
    if (rest < 0) {
      target[to++] = '-';
      rest = -rest;
    }
    if (rest < 10) {
      target[to] = (byte) ('0' + rest);
      return to + 1;
    }
    int digits = 1;
    for (long limit = 10; rest >= limit; limit *= 10) {
      digits++;
    }
    for (int i = to + digits - 1; i >= to; i--) {
      long tens =
          rest * TENTH >>> 35; // instead of a division: docs/performance.md, "Start-up and the JVM"
      target[i] = (byte) ('0' + rest - 10 * tens);
      rest = tens;
    }
    return to + digits;
  }
}
