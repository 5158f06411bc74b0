package org.bamarrow.internal.aggregate;

import java.io.Serializable;
import java.util.List;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.internal.filter.RawField.Column;

/**
 * Aggregates of records, optionally by group, as in SQL's GROUP BY. Immutable.
 *
 * @param group the grouping column, see {@link #canGroup}; null for a single group, which exists
 *     even without records
 * @param aggregates the aggregates to compute, in the order of the results
 */
public record RawAggregation(RawField group, List<RawAggregate> aggregates)
    implements Serializable {
  public RawAggregation {
    aggregates = List.copyOf(aggregates);
    if (group != null && !canGroup(group)) {
      throw new IllegalArgumentException(
          "cannot group by " + group + ": the number of groups is not bounded");
    }
  }

  /** Whether the number of distinct values is bounded: RNAME, FLAG and MAPQ. */
  public static boolean canGroup(RawField field) {
    return field.column() == Column.RNAME
        || field.column() == Column.FLAG
        || field.column() == Column.MAPQ;
  }

  /** Whether only the number of all records is requested, which needs no field of a record. */
  public boolean countsOnly() {
    return group == null && aggregates.stream().allMatch(RawAggregate.COUNT_ALL::equals);
  }
}
