package org.bamarrow.internal.aggregate;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.bamarrow.internal.aggregate.RawAggregate.Function;

/** The results of an aggregation so far, by group. Not thread-safe. */
final class Totals {
  private final boolean grouped;
  private final Running[] running;

  /** Number of rows by group. */
  private long[] rows = new long[0];

  /** The state of one aggregate, by group. */
  private static final class Running {
    final Function function;
    long[] values = new long[0];

    /** Number of values that are not null. */
    long[] counts = new long[0];

    Running(Function function) {
      this.function = function;
    }

    void add(int group, long count, long value) {
      boolean first = counts[group] == 0;
      counts[group] += count;
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

  Totals(RawAggregation aggregation) {
    List<RawAggregate> all = aggregation.aggregates();
    grouped = aggregation.group() != null;
    running =
        all.stream()
            .map(one -> one.field() == null ? null : new Running(one.function()))
            .toArray(Running[]::new);
    ensureGroups(grouped ? 0 : 1);
  }

  /** Makes room for groups with numbers below a bound. */
  void ensureGroups(int bound) {
    if (rows.length >= bound) {
      return;
    }
    int size = Math.max(bound, 2 * rows.length);
    rows = Arrays.copyOf(rows, size);
    for (Running each : running) {
      if (each != null) {
        each.values = Arrays.copyOf(each.values, size);
        each.counts = Arrays.copyOf(each.counts, size);
      }
    }
  }

  void addRows(int group, long count) {
    rows[group] += count;
  }

  /** Adds a value that is not null to an aggregate of a field. */
  void add(int aggregate, int group, long value) {
    running[aggregate].add(group, 1, value);
  }

  /**
   * Adds several values that are not null, at least one.
   *
   * @param value their sum, minimum or maximum, whatever the aggregate is
   */
  void add(int aggregate, int group, long count, long value) {
    running[aggregate].add(group, count, value);
  }

  /** Passes on the groups that have rows, and the single group if there is no column. */
  void results(IntFunction<Object> keys, Aggregator.Target target) {
    for (int group = 0; group < rows.length; group++) {
      if (rows[group] > 0 || !grouped) {
        target.accept(keys.apply(group), results(group));
      }
    }
  }

  private Long[] results(int group) {
    Long[] results = new Long[running.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = running[i] == null ? Long.valueOf(rows[group]) : running[i].result(group);
    }
    return results;
  }

  /** Forgets all rows. */
  void clear() {
    Arrays.fill(rows, 0);
    for (Running each : running) {
      if (each != null) {
        Arrays.fill(each.counts, 0);
        Arrays.fill(each.values, 0);
      }
    }
  }
}
