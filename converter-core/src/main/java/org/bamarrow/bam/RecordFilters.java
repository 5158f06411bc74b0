package org.bamarrow.bam;

import java.util.Set;
import java.util.function.Supplier;
import org.bamarrow.BamFormatException;
import org.bamarrow.RowOptions;
import org.bamarrow.io.LittleEndian;

/**
 * The filters of {@code samtools view} (1.16) on a record's raw bytes. Where samtools treats a
 * record with broken auxiliary fields as one without the tag, this is an error.
 */
public final class RecordFilters {
  private RecordFilters() {}

  /** One filter, for one thread. */
  public static RecordFilter of(RowOptions rows) {
    return sharing(rows).get();
  }

  /**
   * Filters for several threads: each call of {@code get} gives another one, all on the same sets
   * of names, which are built here, once.
   */
  public static Supplier<RecordFilter> sharing(RowOptions rows) {
    Subsample sample = rows.fraction() < 1 ? new Subsample(rows.fraction(), rows.seed()) : null;
    ByteStringSet readGroups = bytes(rows.readGroups());
    ByteStringSet tagValues = bytes(rows.tagValues());
    ByteStringSet names = bytes(rows.names());
    if (rows.tag() == null && tagValues != null) {
      throw new IllegalArgumentException("tag values are given, but no tag");
    }
    return () -> new SamtoolsFilter(rows, sample, readGroups, tagValues, names);
  }

  private static ByteStringSet bytes(Set<String> strings) {
    return strings == null ? null : ByteStringSet.of(strings);
  }

  /** Cheapest tests first; all must hold, so the order changes no outcome. */
  private static final class SamtoolsFilter implements RecordFilter {
    private static final int RG = AuxCursor.key("RG");
    private static final int LONGEST_INTEGER = 20;

    private final int required;
    private final int excluded;
    private final int notAll;
    private final int minMapq;
    private final Subsample sample;
    private final ByteStringSet names;
    private final ByteStringSet readGroups;
    private final int tag; // -1: any record
    private final ByteStringSet tagValues;
    private final AuxCursor aux = new AuxCursor();
    private final byte[] digits = new byte[LONGEST_INTEGER];

    SamtoolsFilter(
        RowOptions rows,
        Subsample sample,
        ByteStringSet readGroups,
        ByteStringSet tagValues,
        ByteStringSet names) {
      required = rows.requireFlags();
      excluded = rows.excludeFlags();
      notAll = rows.excludeAllFlags();
      minMapq = rows.minMapq();
      tag = rows.tag() == null ? -1 : AuxCursor.key(rows.tag());
      this.sample = sample;
      this.readGroups = readGroups;
      this.tagValues = tagValues;
      this.names = names;
    }

    @Override
    public boolean accepts(RecordSlice slice, int row) throws BamFormatException {
      byte[] data = slice.data();
      int start = slice.start(row);
      return flagsHold(LittleEndian.uint16(data, start + RecordLayout.FLAG))
          && LittleEndian.uint8(data, start + RecordLayout.MAPQ) >= minMapq
          && nameHolds(data, start)
          && (readGroups == null || readGroupHolds(slice, row))
          && (tag < 0 || tagHolds(slice, row));
    }

    private boolean flagsHold(int flag) {
      return (flag & required) == required
          && (flag & excluded) == 0
          && (notAll == 0 || (flag & notAll) != notAll);
    }

    private boolean nameHolds(byte[] data, int start) {
      if (sample == null && names == null) {
        return true;
      }
      int from = start + RecordLayout.READ_NAME;
      int to = TextCheck.indexOfNul(data, from, RecordLayout.cigar(data, start));
      return (sample == null || sample.keeps(data, from, to))
          && (names == null || names.contains(data, from, to));
    }

    /** A record without RG passes; an RG that is no text is among no names. */
    private boolean readGroupHolds(RecordSlice slice, int row) throws BamFormatException {
      return !find(slice, row, RG) || isText() && valueIsIn(slice.data(), readGroups);
    }

    private boolean tagHolds(RecordSlice slice, int row) throws BamFormatException {
      return find(slice, row, tag) && (tagValues == null || tagValueHolds(slice.data()));
    }

    /** Integers of all widths count as their decimal digits; f and B equal no value. */
    private boolean tagValueHolds(byte[] data) {
      if (aux.isInteger()) {
        int from = printDigits(aux.integer());
        return tagValues.contains(digits, from, LONGEST_INTEGER);
      }
      return (aux.type() == 'A' || isText()) && valueIsIn(data, tagValues);
    }

    private boolean isText() {
      return aux.type() == 'Z' || aux.type() == 'H';
    }

    private boolean valueIsIn(byte[] data, ByteStringSet values) {
      return values.contains(data, aux.value(), aux.value() + aux.length());
    }

    /** Moves to the first field of that tag: later ones of the same tag do not count. */
    private boolean find(RecordSlice slice, int row, int key) throws BamFormatException {
      byte[] data = slice.data();
      int start = slice.start(row);
      aux.reset(data, RecordLayout.aux(data, start), RecordLayout.end(data, start));
      boolean found = aux.find(key);
      if (aux.broken()) {
        throw slice.unsound(row, aux.problem(), Unsound.TAG_WANTED);
      }
      return found;
    }

    /** Prints right-aligned into {@link #digits}; gives the offset of the first character. */
    private int printDigits(long value) {
      int at = LONGEST_INTEGER;
      long rest = Math.abs(value); // at most 32 bits wide: cannot overflow
      do {
        digits[--at] = (byte) ('0' + rest % 10);
        rest /= 10;
      } while (rest > 0);
      if (value < 0) {
        digits[--at] = '-';
      }
      return at;
    }
  }
}
