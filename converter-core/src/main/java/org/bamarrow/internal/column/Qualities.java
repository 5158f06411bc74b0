package org.bamarrow.internal.column;

import java.io.IOException;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Remedy;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;

/**
 * QUAL of a record (SAM specification 4.2.3): one byte per base. A first byte of 0xff means that
 * the qualities are missing, whatever follows, as in htslib and htsjdk. Not thread-safe.
 */
final class Qualities {
  private static final byte MISSING = (byte) 0xff;
  private static final long EVERY_BYTE = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private static final Remedy TEXT_TOO_HIGH =
      Remedy.of("values up to 127 are supported with ", OptionKey.QUAL.setTo("numbers"))
          .or("leave the column out with ", OptionKey.QUALITY.setTo("false"));
  private static final Remedy NUMBER_TOO_HIGH =
      Remedy.of("leave the column out with ", OptionKey.QUALITY.setTo("false"));

  private final int offset;
  private final int max;

  /**
   * Added to a byte of at most 0x7f, sets the high bit if and only if the byte is over {@link
   * #max}.
   */
  private final long over;

  private long takenAsMissing;

  private Qualities(int offset, int max) {
    this.offset = offset;
    this.max = max;
    this.over = EVERY_BYTE * (0x7f - max);
  }

  /** As Phred+33 text: 0 to 93, the last of which is {@code ~}. */
  static Qualities text() {
    return new Qualities(33, 93);
  }

  /** As int8 numbers: 0 to 127. */
  static Qualities numbers() {
    return new Qualities(0, 0x7f);
  }

  /** Records so far whose first byte is 0xff and that have other values. */
  long takenAsMissing() {
    return takenAsMissing;
  }

  /**
   * Appends the qualities of record {@code index} of the group.
   *
   * @return false if they are missing
   */
  boolean append(RecordGroup records, int index, GrowableBuffer target) throws IOException {
    byte[] data = records.data;
    int bases = records.bases[index];
    if (bases == 0) {
      return false;
    }
    int from = records.qual[index];
    if (data[from] == MISSING) {
      takenAsMissing += allMissing(data, from, bases) ? 0 : 1;
      return false;
    }
    target.ensure(bases);
    long out = target.address + target.size;
    long step = EVERY_BYTE * offset;
    long tooHigh = over;
    long bad = 0;
    int eights = bases - 7;
    for (int i = 0; i < eights; i += 8) {
      long eight = LittleEndian.int64(data, from + i);
      bad |= eight | eight + tooHigh;
      OffHeap.int64(out + i, eight + step);
    }
    if ((bases & 7) != 0) {
      bad |= rest(data, from, bases, out);
    }
    if ((bad & HIGH_BITS) != 0) {
      throw tooHigh(records.slice, records.record + index, from, bases);
    }
    target.size += bases;
    return true;
  }

  /** The last 1 to 7 qualities; returns bits as {@link #over} sets them. */
  private long rest(byte[] data, int from, int bases, long out) {
    int at = bases & ~7;
    long rest = 0;
    for (int i = bases - 1; i >= at; i--) {
      rest = rest << 8 | data[from + i] & 0xff;
    }
    OffHeap.int64(out + at, rest + EVERY_BYTE * offset);
    return rest | rest + over;
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
      first = first < 0 && quality > max ? i : first;
    }
    int quality = slice.data()[from + first] & 0xff;
    String problem =
        "base quality " + quality + " at base " + (first + 1) + " (supported: 0 to " + max + ")";
    return slice.invalidRecord(row, problem, highest > 0x7f ? NUMBER_TOO_HIGH : TEXT_TOO_HIGH);
  }
}
