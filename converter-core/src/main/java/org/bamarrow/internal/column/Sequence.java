package org.bamarrow.internal.column;

import java.io.IOException;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;

/**
 * SEQ, all 16 letters (SAM specification 4.2.3), decoded with tables of four and two bases; null if
 * there are no bases.
 */
final class Sequence extends TextColumn {
  private static final String LETTERS = "=ACMGRSVTWYHKDBN";

  /** For a byte of two 4-bit codes, the two letters as a little-endian 16-bit number. */
  private static final char[] PAIRS = new char[1 << 8];

  /**
   * For two bytes, their four letters as a little-endian 32-bit number. Reads that contain A, C, G
   * and T only use 256 of its cache lines.
   */
  private static final int[] FOURS = new int[1 << 16];

  static {
    for (int pair = 0; pair < PAIRS.length; pair++) {
      PAIRS[pair] = (char) (LETTERS.charAt(pair >> 4) | LETTERS.charAt(pair & 15) << 8);
    }
    for (int second = 0; second < PAIRS.length; second++) {
      for (int first = 0; first < PAIRS.length; first += 16) {
        fill(second, first);
      }
    }
  }

  /**
   * A short method, called often: the table is made at start-up (see docs/performance.md, "Start-up
   * and the JVM").
   */
  private static void fill(int second, int first) {
    int letters = PAIRS[second] << 16;
    for (int i = first; i < first + 16; i++) {
      FOURS[second << 8 | i] = PAIRS[i] | letters;
    }
  }

  Sequence(Field field) {
    super(field);
  }

  @Override
  void append(RecordSlice slice, int first, int from, int to) throws IOException {
    byte[] data = slice.data();
    for (int row = from; row < to; row++) {
      int start = slice.start(first + row);
      int bases = LittleEndian.int32(data, start + RecordLayout.L_SEQ);
      if (bases == 0) {
        endNull(row);
        continue;
      }
      text.ensure(bases);
      letters(data, RecordLayout.seq(data, start), bases, text.bytes, text.size);
      text.size += bases;
      end(row);
    }
  }

  /**
   * Eight bases per step; may write up to 7 bytes past the last base, which {@link Scratch} allows.
   */
  private static void letters(byte[] data, int from, int bases, byte[] target, int to) {
    int in = from;
    int out = to;
    int end = to + bases;
    for (; out + 8 <= end; out += 8, in += 4) {
      int codes = LittleEndian.int32(data, in);
      long letters = FOURS[codes & 0xffff] & 0xffffffffL | (long) FOURS[codes >>> 16] << 32;
      LittleEndian.int64(target, out, letters);
    }
    for (; out < end; out += 2, in++) {
      LittleEndian.int16(target, out, PAIRS[data[in] & 0xff]);
    }
  }
}
