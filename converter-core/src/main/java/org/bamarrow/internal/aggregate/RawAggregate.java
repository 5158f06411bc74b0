package org.bamarrow.internal.aggregate;

import java.io.Serializable;
import org.bamarrow.internal.filter.RawField;

/**
 * An aggregate function of a column with SQL semantics: nulls are ignored, and without other values
 * the result of all functions but COUNT is null.
 *
 * @param field a field of kind {@code INTEGER}; of record batches also one of another kind, of
 *     which the values can be counted, and floats have a minimum and a maximum; null for the
 *     records themselves, which can only be counted
 */
public record RawAggregate(Function function, RawField field) implements Serializable {
  /** The functions; the names are SQL's. */
  public enum Function {
    COUNT,
    SUM,
    MIN,
    MAX
  }

  /** The number of records. */
  public static final RawAggregate COUNT_ALL = new RawAggregate(Function.COUNT, null);

  public RawAggregate {
    boolean fits =
        function == Function.COUNT
            || field != null
                && (field.kind() == RawField.Kind.INTEGER
                    || field.kind() == RawField.Kind.FLOAT && function != Function.SUM);
    if (!fits) {
      throw new IllegalArgumentException(function + " of " + field + " is not available");
    }
  }
}
