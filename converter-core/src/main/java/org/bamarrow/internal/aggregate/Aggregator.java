package org.bamarrow.internal.aggregate;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.bamarrow.internal.aggregate.RawAggregate.Function;
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
  private final Running[] running;

  /** By aggregate, the index of its field in {@link #integers}; -1 if records are counted. */
  private final int[] fields;

  /** Number of records by group. */
  private long[] records = new long[0];

  /** The state of one aggregate, by group. */
  private static final class Running {
    final Function function;
    long[] values = new long[0];

    /** Number of values that are not null. */
    long[] counts = new long[0];

    Running(Function function) {
      this.function = function;
    }

    void add(int group, long value) {
      boolean first = counts[group]++ == 0;
      switch (function) {
        case COUNT -> {}
        case SUM -> values[group] = Math.addExact(values[group], value);
        case MIN -> values[group] = first ? value : Math.min(values[group], value);
        case MAX -> values[group] = first ? value : Math.max(values[group], value);
      }
    }

    Long result(int group) {
      if (function == Function.COUNT) {
        return counts[group];
      }
      return counts[group] == 0 ? null : values[group];
    }
  }

  /** Receives the results of a group. */
  public interface Target {
    /**
     * @param key the value of the grouping column: a Long, a String or null; null without groups
     * @param results the result of each aggregate, null as in SQL
     */
    void accept(Object key, Long[] results);
  }

  public Aggregator(RawAggregation aggregation) {
    this.aggregation = aggregation;
    List<RawAggregate> all = aggregation.aggregates();
    List<RawField> read =
        all.stream().map(RawAggregate::field).filter(Objects::nonNull).distinct().toList();
    groups = GroupKeys.of(aggregation.group());
    integers = new RawIntegers(read);
    fields = all.stream().mapToInt(one -> read.indexOf(one.field())).toArray();
    running = all.stream().map(one -> new Running(one.function())).toArray(Running[]::new);
    ensureGroups(aggregation.group() == null ? 1 : 0);
  }

  @Override
  public void handle(RecordSlice slice) throws BamFormatException {
    ensureGroups(groups.size(slice.header()));
    if (aggregation.countsOnly()) {
      records[0] += slice.count();
      return;
    }
    for (int row = 0; row < slice.count(); row++) {
      add(slice, row);
    }
  }

  private void add(RecordSlice slice, int row) throws BamFormatException {
    int group = groups.number(slice, row);
    records[group]++;
    integers.at(slice, row);
    for (int i = 0; i < fields.length; i++) {
      if (fields[i] >= 0) {
        long value = integers.get(fields[i]);
        if (value != RawIntegers.NULL) {
          running[i].add(group, value);
        }
      }
    }
  }

  private void ensureGroups(int size) {
    if (records.length >= size) {
      return;
    }
    records = Arrays.copyOf(records, size);
    for (int i = 0; i < fields.length; i++) {
      if (fields[i] >= 0) {
        running[i].values = Arrays.copyOf(running[i].values, size);
        running[i].counts = Arrays.copyOf(running[i].counts, size);
      }
    }
  }

  /** Passes on the groups that have records, and the single group if there is no column. */
  public void results(Target target) {
    for (int group = 0; group < records.length; group++) {
      if (records[group] > 0 || aggregation.group() == null) {
        target.accept(groups.key(group), results(group));
      }
    }
  }

  private Long[] results(int group) {
    Long[] results = new Long[fields.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = fields[i] < 0 ? Long.valueOf(records[group]) : running[i].result(group);
    }
    return results;
  }
}
