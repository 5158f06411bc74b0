package org.bamarrow.internal.column;

import java.io.IOException;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Remedy;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;

/**
 * QUAL as it lies in a record (SAM specification 4.2.3): one byte a base. A first byte of 0xff
 * means that there are none, whatever follows it, as htslib and htsjdk take it. For one thread.
 */
final class Qualities {
  private static final byte MISSING = (byte) 0xff;
  private static final long EVERY_BYTE = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private static final Remedy TEXT_TOO_HIGH =
      Remedy.of("values up to 127 have a place with ", OptionKey.QUAL.setTo("numbers"))
          .or("leave the column out with ", OptionKey.QUALITY.setTo("false"));
  private static final Remedy NUMBER_TOO_HIGH =
      Remedy.of("leave the column out with ", OptionKey.QUALITY.setTo("false"));

  private final int offset;
  private final int most;

  /** Added to a byte up to 0x7f, sets its high bit just for values over {@link #most}. */
  private final long over;

  private long takenAsMissing;

  private Qualities(int offset, int most) {
    this.offset = offset;
    this.most = most;
    this.over = EVERY_BYTE * (0x7f - most);
  }

  /** As Phred+33 text, which ends with {@code ~}: 0 to 93. */
  static Qualities text() {
    return new Qualities(33, 93);
  }

  /** As numbers of int8: 0 to 127. */
  static Qualities numbers() {
    return new Qualities(0, 0x7f);
  }

  /** Records so far of which the first byte is 0xff and another is not. */
  long takenAsMissing() {
    return takenAsMissing;
  }

  /**
   * Appends the qualities of a record.
   *
   * @return false where there are none
   */
  boolean append(RecordSlice slice, int row, Scratch target) throws IOException {
    byte[] data = slice.data();
    int start = slice.start(row);
    int bases = LittleEndian.int32(data, start + RecordLayout.L_SEQ);
    if (bases == 0) {
      return false;
    }
    int from = RecordLayout.qual(data, start);
    if (data[from] == MISSING) {
      takenAsMissing += allMissing(data, from, bases) ? 0 : 1;
      return false;
    }
    target.ensure(bases);
    byte[] out = target.bytes;
    int at = target.size;
    int plus = offset;
    int max = most;
    long step = EVERY_BYTE * plus;
    long tooHigh = over;
    long bad = 0;
    int i = 0;
    for (; i + 8 <= bases; i += 8) {
      long eight = LittleEndian.int64(data, from + i);
      bad |= eight | eight + tooHigh;
      LittleEndian.int64(out, at + i, eight + step);
    }
    boolean wrong = (bad & HIGH_BITS) != 0;
    for (; i < bases; i++) {
      int quality = data[from + i] & 0xff;
      wrong |= quality > max;
      out[at + i] = (byte) (quality + plus);
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

  private IOException tooHigh(RecordSlice slice, int row, int from, int bases) {
    int highest = 0;
    int first = -1;
    for (int i = 0; i < bases; i++) {
      int quality = slice.data()[from + i] & 0xff;
      highest = Math.max(highest, quality);
      first = first < 0 && quality > most ? i : first;
    }
    int quality = slice.data()[from + first] & 0xff;
    String problem =
        "base quality " + quality + " at base " + (first + 1) + " (0 to " + most + " have a place)";
    return slice.invalidRecord(row, problem, highest > 0x7f ? NUMBER_TOO_HIGH : TEXT_TOO_HIGH);
  }
}
