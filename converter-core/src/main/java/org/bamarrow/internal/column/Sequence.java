package org.bamarrow.internal.column;

import java.io.IOException;
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

  Sequence(BatchMemory memory) {
    super(memory);
  }

  @Override
  void append(RecordGroup records) throws IOException {
    byte[] data = records.data;
    for (int i = 0; i < records.count; i++) {
      int bases = records.bases[i];
      if (bases == 0) {
        values.endNull(records.row + i);
        continue;
      }
      text.ensure(bases);
      letters(data, records.seq[i], bases, text.address + text.size);
      text.size += bases;
      values.end(records.row + i);
    }
  }

  /**
   * Eight bases per step; may write up to 7 bytes past the last base, which {@link GrowableBuffer}
   * allows.
   */
  private static void letters(byte[] data, int from, int bases, long target) {
    int eights = bases >> 3;
    for (int i = 0; i < eights; i++) {
      int codes = LittleEndian.int32(data, from + 4 * i);
      long letters = FOURS[codes & 0xffff] & 0xffffffffL | (long) FOURS[codes >>> 16] << 32;
      OffHeap.int64(target + 8L * i, letters);
    }
    for (int i = 4 * eights; 2 * i < bases; i++) {
      OffHeap.int16(target + 2L * i, PAIRS[data[from + i] & 0xff]);
    }
  }
}
