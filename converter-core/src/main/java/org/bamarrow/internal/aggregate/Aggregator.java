package org.bamarrow.internal.aggregate;

import java.util.List;
import java.util.Objects;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.internal.filter.RawIntegers;
import org.bamarrow.internal.read.SliceHandler;
import org.bamarrow.io.BamFormatException;

/**
 * Computes an aggregation from the raw bytes of records. Its memory depends on the references of
 * the headers, not on the number of records. Not thread-safe.
 */
public final class Aggregator implements SliceHandler {
  private final RawAggregation aggregation;
  private final GroupKeys groups;
  private final RawIntegers integers;
  private final Totals totals;

  /** By aggregate, the index of its field in {@link #integers}; -1 if records are counted. */
  private final int[] fields;

  /** Receives the results of a group. */
  public interface Target {
    /**
     * @param key the value of the grouping column: a Long, text (a String, or of record batches a
     *     byte[] in UTF-8) or null; null without groups
     * @param results the result of each aggregate, null as in SQL
     */
    void accept(Object key, Long[] results);
  }

  public Aggregator(RawAggregation aggregation) {
    this.aggregation = aggregation;
    List<RawAggregate> all = aggregation.aggregates();
    List<RawField> read =
        all.stream().map(RawAggregate::field).filter(Objects::nonNull).distinct().toList();
    if (aggregation.group() != null && !RawAggregation.canGroup(aggregation.group())) {
      throw new IllegalArgumentException(
          "cannot group by " + aggregation.group() + ": the number of groups is not bounded");
    }
    groups = GroupKeys.of(aggregation.group());
    integers = new RawIntegers(read);
    fields = all.stream().mapToInt(one -> read.indexOf(one.field())).toArray();
    totals = new Totals(aggregation);
  }

  @Override
  public void handle(RecordSlice slice) throws BamFormatException {
    totals.ensureGroups(groups.size(slice.header()));
    if (aggregation.countsOnly()) {
      totals.addRows(0, slice.count());
      return;
    }
    for (int row = 0; row < slice.count(); row++) {
      add(slice, row);
    }
  }

  private void add(RecordSlice slice, int row) throws BamFormatException {
    int group = groups.number(slice, row);
    totals.addRows(group, 1);
    integers.at(slice, row);
    for (int i = 0; i < fields.length; i++) {
      if (fields[i] >= 0) {
        long value = integers.get(fields[i]);
        if (value != RawIntegers.NULL) {
          totals.add(i, group, value);
        }
      }
    }
  }

  /** Passes on the groups that have records, and the single group if there is no column. */
  public void results(Target target) {
    totals.results(groups::key, target);
  }
}
