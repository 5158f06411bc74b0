package org.bamarrow.internal.aggregate;

import java.io.Serializable;
import java.util.List;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.internal.filter.RawField.Column;

/**
 * What is asked of many records together, as SQL's GROUP BY has it. Immutable.
 *
 * @param group the column whose values make groups, one that {@link #canGroup}; null: one group,
 *     which is there without records, too
 */
public record RawAggregation(RawField group, List<RawAggregate> aggregates)
    implements Serializable {
  public RawAggregation {
    aggregates = List.copyOf(aggregates);
    if (group != null && !canGroup(group)) {
      throw new IllegalArgumentException("there is no bound to the groups by " + group);
    }
  }

  /** Columns of so few values that a sum for each fits any memory: RNAME, FLAG and MAPQ. */
  public static boolean canGroup(RawField field) {
    return field.column() == Column.RNAME
        || field.column() == Column.FLAG
        || field.column() == Column.MAPQ;
  }

  /** Whether only the number of all records is asked for, for which none has to be looked at. */
  public boolean countsOnly() {
    return group == null && aggregates.stream().allMatch(RawAggregate.COUNT_ALL::equals);
  }
}
