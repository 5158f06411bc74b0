package org.bamarrow.column;

import java.io.IOException;
import org.bamarrow.bam.RecordLayout;
import org.bamarrow.bam.RecordSlice;
import org.bamarrow.io.LittleEndian;

/** QUAL as it lies in a record (SAM specification 4.2.3): one byte a base, 0 to 93. */
final class Qualities {
  private static final int MAX = 93;
  private static final byte MISSING = (byte) 0xff;
  // Added to a byte, 0x22 sets its high bit just for values over 93.
  private static final long OVER_93 = 0x2222222222222222L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Qualities() {}

  /**
   * Appends the qualities of a record, each plus {@code offset}.
   *
   * @return false where there are none: no bases, or every byte 0xff
   */
  static boolean append(RecordSlice slice, int row, int offset, Scratch target) throws IOException {
    byte[] data = slice.data();
    int start = slice.start(row);
    int bases = LittleEndian.int32(data, start + RecordLayout.L_SEQ);
    if (bases == 0) {
      return false;
    }
    int from = RecordLayout.qual(data, start);
    if (data[from] == MISSING && allMissing(data, from, bases)) {
      return false;
    }
    target.ensure(bases);
    byte[] out = target.bytes;
    int at = target.size;
    long step = 0x0101010101010101L * offset;
    long bad = 0;
    int i = 0;
    for (; i + 8 <= bases; i += 8) {
      long eight = LittleEndian.int64(data, from + i);
      bad |= eight | eight + OVER_93;
      LittleEndian.int64(out, at + i, eight + step);
    }
    boolean wrong = (bad & HIGH_BITS) != 0;
    for (; i < bases; i++) {
      int quality = data[from + i] & 0xff;
      wrong |= quality > MAX;
      out[at + i] = (byte) (quality + offset);
    }
    if (wrong) {
      throw tooHigh(slice, row, from, bases);
    }
    target.size += bases;
    return true;
  }

  private static boolean allMissing(byte[] data, int from, int bases) {
    for (int i = from; i < from + bases; i++) {
      if (data[i] != MISSING) {
        return false;
      }
    }
    return true;
  }

  private static IOException tooHigh(RecordSlice slice, int row, int from, int bases) {
    for (int i = 0; i < bases; i++) {
      int quality = slice.data()[from + i] & 0xff;
      if (quality > MAX) {
        String problem = "base quality " + quality + " at base " + (i + 1) + " (0 to 93 exist)";
        return slice.error(row, problem, "repair the file, or leave the column 'qual' out");
      }
    }
    throw new AssertionError("a quality over 93 was seen and is gone");
  }
}
