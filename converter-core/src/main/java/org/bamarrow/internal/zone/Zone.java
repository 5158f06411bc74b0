package org.bamarrow.internal.zone;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known of the rows of one or more consecutive record batches. Immutable.
 *
 * @param batches number of record batches
 * @param rows number of rows
 * @param bytes of the buffers of the batches before compression
 * @param voffsets of the first and the last record; null if not known
 * @param columns one for each of {@link ZoneColumns#columns}
 * @param flags the bits of {@code flag}; null without that column
 * @param references the rows by reference name, in the order of their first rows; null if not known
 * @param sorted whether the rows of each reference name are together and in the order of {@code
 *     pos}, and those without a name last; false if that is not known
 */
public record Zone(
    int batches,
    long rows,
    long bytes,
    Voffsets voffsets,
    List<ColumnZone> columns,
    Flags flags,
    List<ReferenceZone> references,
    boolean sorted) {
  /** Maximum number of reference names of a zone; with more they are not listed. */
  public static final int MAX_REFERENCES = 64;

  /**
   * BGZF virtual offsets of records.
   *
   * @param first that of the first record
   * @param last that of the last record
   */
  public record Voffsets(long first, long last) {}

  /**
   * Bits of FLAG.
   *
   * @param and those that are set in every row
   * @param or those that are set in at least one row
   */
  public record Flags(int and, int or) {
    /** Without values. */
    static final Flags NONE = new Flags(-1, 0);

    /** Whether there can be values with these bits. */
    public boolean isValid() {
      return (and & ~or) == 0;
    }
  }

  /** The same without virtual offsets, which do not say in which file they are. */
  public Zone withoutVoffsets() {
    return new Zone(batches, rows, bytes, null, columns, flags, references, sorted);
  }

  /** The rows of both: this zone, followed by the other. */
  Zone plus(Zone next) {
    List<ColumnZone> both = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      both.add(columns.get(i).plus(rows, next.columns.get(i), next.rows));
    }
    List<ReferenceZone> merged = mergedReferences(next);
    return new Zone(
        Math.addExact(batches, next.batches),
        rows + next.rows,
        bytes + next.bytes,
        voffsets == null || next.voffsets == null
            ? null
            : new Voffsets(voffsets.first, next.voffsets.last),
        both,
        flags == null || next.flags == null
            ? null
            : new Flags(flags.and & next.flags.and, flags.or | next.flags.or),
        merged,
        merged != null && sorted && next.sorted && continues(next, merged.size()));
  }

  private List<ReferenceZone> mergedReferences(Zone next) {
    if (references == null || next.references == null) {
      return null;
    }
    List<ReferenceZone> merged = new ArrayList<>(references);
    for (ReferenceZone more : next.references) {
      int i = 0;
      while (i < merged.size() && !merged.get(i).isNamed(more.name(), 0, more.name().length)) {
        i++;
      }
      if (i < merged.size()) {
        merged.set(i, merged.get(i).plus(more));
      } else {
        merged.add(more);
      }
    }
    return merged.size() > MAX_REFERENCES ? null : merged;
  }

  /** Whether sorted rows go on in the next zone; {@code names} is the number of names of both. */
  private boolean continues(Zone next, int names) {
    int shared = references.size() + next.references.size() - names;
    long named = 0;
    for (ReferenceZone each : references) {
      named += each.rows();
    }
    if (named < rows) {
      return next.references.isEmpty(); // rows without a name are the last
    }
    if (shared == 0) {
      return true;
    }
    ReferenceZone last = references.get(references.size() - 1);
    ReferenceZone first = next.references.get(0);
    return shared == 1
        && last.isNamed(first.name(), 0, first.name().length)
        && last.maxPos() <= first.minPos();
  }
}
