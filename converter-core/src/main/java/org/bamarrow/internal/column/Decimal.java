package org.bamarrow.internal.column;

/** Integers as decimal text in Arrow's memory. */
final class Decimal {
  /** The longest text of an integer tag or array element, {@code -2147483648}. */
  static final int MAX_LENGTH = 11;

  /** 2^35 / 10, rounded up: exact for quotients of unsigned 32-bit numbers. */
  private static final long TENTH = 0xCCCCCCCDL;

  private Decimal() {}

  /**
   * Writes {@code value} at an address, where {@link #MAX_LENGTH} bytes must be available.
   *
   * @param value in [-2^31, 2^32)
   * @return the length of the text
   */
  static int write(long value, long address) {
    if (value < 0) {
      OffHeap.int8(address, '-');
      return 1 + write(-value, address + 1);
    }
    if (value < 10) {
      OffHeap.int8(address, '0' + (int) value);
      return 1;
    }
    int digits = 1;
    for (long limit = 10; value >= limit; limit *= 10) {
      digits++;
    }
    long rest = value;
    for (int i = digits - 1; i >= 0; i--) {
      long tens =
          rest * TENTH >>> 35; // instead of a division: docs/performance.md, "Start-up and the JVM"
      OffHeap.int8(address + i, (int) ('0' + rest - 10 * tens));
      rest = tens;
    }
    return digits;
  }
}
