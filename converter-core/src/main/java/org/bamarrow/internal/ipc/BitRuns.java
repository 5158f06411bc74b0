package org.bamarrow.internal.ipc;

import org.apache.arrow.memory.ArrowBuf;

/** Runs of bits in Arrow's order, the lowest bit of a byte first. */
final class BitRuns {
  private BitRuns() {}

  /**
   * Copies bits; those of the target after them in its last byte become 0.
   *
   * @param source null: all bits are set
   * @param from index of the first bit
   * @param to index of the first bit in the target
   * @return number of copied bits that are set
   */
  static int copy(ArrowBuf source, long from, ArrowBuf target, long to, int count) {
    int ones = 0;
    for (int done = 0; done < count; ) {
      int shift = (int) (to + done & 7);
      int length = Math.min(8 - shift, count - done);
      int bits = (source == null ? 0xff : bits(source, from + done, length)) & (1 << length) - 1;
      ones += Integer.bitCount(bits);
      long at = to + done >> 3;
      int before = shift == 0 ? 0 : target.getByte(at) & (1 << shift) - 1;
      target.setByte(at, before | bits << shift);
      done += length;
    }
    return ones;
  }

  /**
   * At least {@code length} bits, at most 8, from bit {@code from} on; the others are undefined.
   */
  private static int bits(ArrowBuf source, long from, int length) {
    int shift = (int) (from & 7);
    int low = (source.getByte(from >> 3) & 0xff) >> shift;
    return shift + length <= 8 ? low : low | source.getByte((from >> 3) + 1) << 8 - shift;
  }
}
