package org.bamarrow.internal.filter;

import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.bamarrow.convert.ListMatch;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.internal.bam.AuxCursor;
import org.bamarrow.internal.bam.DamagedRecordRemedies;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.bam.TextCheck;
import org.bamarrow.internal.base.ByteStringSet;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.io.BamFormatException;

/**
 * The filters of {@code samtools view} (1.23) on a record's raw bytes, in its order. samtools
 * treats a record with invalid auxiliary fields like one without the tag; here that is an error.
 */
public final class RecordFilters implements Supplier<RecordFilter> {
  final RowOptions rows;
  final Subsample sample;
  final FilterList readGroups; // each null if the options have none
  final FilterList tag;
  final FilterList tagValues;
  final FilterList names;

  private RecordFilters(RowOptions rows) {
    this.rows = rows;
    sample = rows.fraction() < 1 ? new Subsample(rows.fraction(), rows.seed()) : null;
    readGroups = list(rows.readGroups());
    tag = list(rows.tag() == null ? null : Set.of(rows.tag()));
    tagValues = list(rows.tagValues());
    names = list(rows.names());
    requireValid(rows.expressions());
    if (tag == null && tagValues != null) {
      throw new IllegalArgumentException("tag values require a tag");
    }
  }

  /** A filter for one thread. */
  public static RecordFilter of(RowOptions rows) {
    return sharing(rows).get();
  }

  /**
   * Filters for several threads: each call of {@code get} creates one; they share the sets, which
   * are built here.
   *
   * @throws org.bamarrow.errors.OptionException if a filter expression is invalid
   */
  public static RecordFilters sharing(RowOptions rows) {
    return new RecordFilters(rows);
  }

  /**
   * @throws org.bamarrow.errors.OptionException if one of the filter expressions is invalid
   */
  public static void requireValid(List<String> expressions) {
    new FilterExpression(expressions);
  }

  private static FilterList list(Set<String> strings) {
    return strings == null ? null : new FilterList(ByteStringSet.of(strings));
  }

  /** A new filter for one thread. */
  @Override
  public RecordFilter get() {
    return new SamtoolsFilter();
  }

  /**
   * For each list of the options, by its name there, how many entries occurred in the records that
   * passed the preceding filters; called after all filtering threads have ended. {@code tag} is a
   * list of one.
   */
  public Map<String, ListMatch> matches() {
    Map<String, ListMatch> matches = new LinkedHashMap<>();
    lists().forEach((name, list) -> matches.put(name, list.match()));
    return matches;
  }

  /** The entries found, for {@link #add} in another process. */
  public HashMap<String, BitSet> found() {
    HashMap<String, BitSet> found = new HashMap<>();
    lists().forEach((name, list) -> found.put(name, list.sent()));
    return found;
  }

  /** Adds the entries found by the same filters in another process. */
  public void add(Map<String, BitSet> found) {
    lists().forEach((name, list) -> list.add(found.getOrDefault(name, new BitSet())));
  }

  private Map<String, FilterList> lists() {
    Map<String, FilterList> lists = new LinkedHashMap<>();
    lists.put("readGroups", readGroups);
    lists.put("tag", tag);
    lists.put("tagValues", tagValues);
    lists.put("names", names);
    lists.values().removeIf(Objects::isNull);
    return lists;
  }

  /** The tests in their order, by the names of their options. */
  private enum Test {
    EXPRESSIONS("expressions"),
    MIN_MAPQ("minMapq"),
    REQUIRE_FLAGS("requireFlags"),
    EXCLUDE_FLAGS("excludeFlags"),
    EXCLUDE_ALL_FLAGS("excludeAllFlags"),
    FRACTION("fraction"),
    READ_GROUPS("readGroups"),
    TAG("tag"),
    NAMES("names");

    private final String option;

    Test(String option) {
      this.option = option;
    }

    private boolean isIn(RowOptions rows) {
      return switch (this) {
        case EXPRESSIONS -> !rows.expressions().isEmpty();
        case MIN_MAPQ -> rows.minMapq() > 0;
        case REQUIRE_FLAGS -> rows.requireFlags() != 0;
        case EXCLUDE_FLAGS -> rows.excludeFlags() != 0;
        case EXCLUDE_ALL_FLAGS -> rows.excludeAllFlags() != 0;
        case FRACTION -> rows.fraction() < 1;
        case READ_GROUPS -> rows.readGroups() != null;
        case TAG -> rows.tag() != null;
        case NAMES -> rows.names() != null;
      };
    }
  }

  /** In the order of samtools, which the counts of removed records depend on. */
  private final class SamtoolsFilter implements RecordFilter {
    private static final int RG = AuxCursor.key("RG");
    private static final int MAX_DIGITS = 20;

    private final int required = rows.requireFlags();
    private final int excluded = rows.excludeFlags();
    private final int notAll = rows.excludeAllFlags();
    private final int minMapq = rows.minMapq();
    private final FilterExpression expressions =
        rows.expressions().isEmpty() ? null : new FilterExpression(rows.expressions());
    private final Subsample sample = RecordFilters.this.sample;
    private final FilterList names = RecordFilters.this.names;
    private final FilterList readGroups = RecordFilters.this.readGroups;
    private final FilterList tags = RecordFilters.this.tag;
    private final int tag = tags == null ? -1 : AuxCursor.key(rows.tag()); // -1: any record
    private final FilterList tagValues = RecordFilters.this.tagValues;
    private final AuxCursor aux = new AuxCursor();
    private final byte[] digits = new byte[MAX_DIGITS];
    private final long[] removed = new long[Test.values().length];

    @Override
    public boolean accepts(RecordSlice slice, int row) throws BamFormatException {
      Test failed = failed(slice, row);
      if (failed != null) {
        removed[failed.ordinal()]++;
      }
      return failed == null;
    }

    @Override
    public void takeRemoved(Map<String, Long> counts) {
      for (Test test : Test.values()) {
        if (test.isIn(rows)) {
          counts.merge(test.option, removed[test.ordinal()], Long::sum);
          removed[test.ordinal()] = 0;
        }
      }
    }

    /** The first test that the record fails; null if it passes all. */
    private Test failed(RecordSlice slice, int row) throws BamFormatException {
      if (expressions != null && !expressions.accepts(slice, row)) {
        return Test.EXPRESSIONS;
      }
      byte[] data = slice.data();
      int start = slice.start(row);
      if (LittleEndian.uint8(data, start + RecordLayout.MAPQ) < minMapq) {
        return Test.MIN_MAPQ;
      }
      int flag = LittleEndian.uint16(data, start + RecordLayout.FLAG);
      if ((flag & required) != required) {
        return Test.REQUIRE_FLAGS;
      }
      if ((flag & excluded) != 0) {
        return Test.EXCLUDE_FLAGS;
      }
      if (notAll != 0 && (flag & notAll) == notAll) {
        return Test.EXCLUDE_ALL_FLAGS;
      }
      return failedText(slice, row, data, start);
    }

    private Test failedText(RecordSlice slice, int row, byte[] data, int start)
        throws BamFormatException {
      int from = start + RecordLayout.READ_NAME;
      int to =
          sample == null && names == null
              ? from
              : TextCheck.indexOfNul(data, from, RecordLayout.cigar(data, start));
      if (sample != null && !sample.keeps(data, from, to)) {
        return Test.FRACTION;
      }
      if (readGroups != null && !readGroupHolds(slice, row)) {
        return Test.READ_GROUPS;
      }
      if (tag >= 0 && !tagHolds(slice, row)) {
        return Test.TAG;
      }
      return names != null && names.contains(data, from, to) == rows.excludeNames()
          ? Test.NAMES
          : null;
    }

    /** A record without RG passes; an RG that is not text matches no name. */
    private boolean readGroupHolds(RecordSlice slice, int row) throws BamFormatException {
      return !find(slice, row, RG)
          || (isText() && valueIsIn(slice.data(), readGroups)) != rows.excludeReadGroups();
    }

    private boolean tagHolds(RecordSlice slice, int row) throws BamFormatException {
      if (!find(slice, row, tag)) {
        return false;
      }
      tags.mark(0);
      return tagValues == null || tagValueHolds(slice.data());
    }

    /** Integers of all widths are compared as decimal text; f and B match no value. */
    private boolean tagValueHolds(byte[] data) {
      if (aux.isInteger()) {
        int from = printDigits(aux.integer());
        return tagValues.contains(digits, from, MAX_DIGITS);
      }
      return (aux.type() == 'A' || isText()) && valueIsIn(data, tagValues);
    }

    private boolean isText() {
      return aux.type() == 'Z' || aux.type() == 'H';
    }

    private boolean valueIsIn(byte[] data, FilterList values) {
      return values.contains(data, aux.value(), aux.value() + aux.length());
    }

    /** Moves to the first field with that tag; duplicates are ignored. */
    private boolean find(RecordSlice slice, int row, int key) throws BamFormatException {
      byte[] data = slice.data();
      int start = slice.start(row);
      aux.reset(data, RecordLayout.aux(data, start), RecordLayout.end(data, start));
      boolean found = aux.find(key);
      if (aux.isInvalid()) {
        throw slice.invalidRecord(row, aux.problem(), DamagedRecordRemedies.TAG_REQUIRED);
      }
      return found;
    }

    /** Prints right-aligned into {@link #digits}; returns the offset of the first character. */
    private int printDigits(long value) {
      int at = MAX_DIGITS;
      long rest = Math.abs(value); // at most 32 bits: cannot overflow
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
