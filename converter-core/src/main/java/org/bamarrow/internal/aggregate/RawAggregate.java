package org.bamarrow.internal.aggregate;

import java.io.Serializable;
import org.bamarrow.internal.filter.RawField;

/**
 * A function of a column over many records, with SQL's nulls: they are passed over, and of nothing
 * else than nulls all but the count is null.
 *
 * @param field of kind {@code INTEGER}; null: the records themselves, which can only be counted
 */
public record RawAggregate(Function function, RawField field) implements Serializable {
  /** The functions; the names are SQL's. */
  public enum Function {
    COUNT,
    SUM,
    MIN,
    MAX
  }

  /** Number of records. */
  public static final RawAggregate COUNT_ALL = new RawAggregate(Function.COUNT, null);

  public RawAggregate {
    boolean fits =
        field == null ? function == Function.COUNT : field.kind() == RawField.Kind.INTEGER;
    if (!fits) {
      throw new IllegalArgumentException(function + " of " + field + " is not available");
    }
  }
}
