package org.bamarrow.internal.aggregate;

import java.io.Serializable;
import java.util.List;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.internal.filter.RawField.Column;

/**
 * Aggregates of records, optionally by group, as in SQL's GROUP BY. Immutable.
 *
 * @param group the grouping column, of records see {@link #canGroup}, of record batches of kind
 *     {@code INTEGER} or {@code TEXT}; null for a single group, which exists even without rows
 * @param aggregates the aggregates to compute, in the order of the results
 */
public record RawAggregation(RawField group, List<RawAggregate> aggregates)
    implements Serializable {
  public RawAggregation {
    aggregates = List.copyOf(aggregates);
    boolean fits =
        group == null
            || group.kind() == RawField.Kind.INTEGER
            || group.kind() == RawField.Kind.TEXT;
    if (!fits) {
      throw new IllegalArgumentException("cannot group by " + group);
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
