package org.bamarrow.verify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.arrow.vector.util.Text;

/** Nulls and bounds of the values of a column: those of numbers and text only. */
final class Values {
  long nulls;
  Object min;
  Object max;

  void add(Object value) {
    if (value == null) {
      nulls++;
    } else if (value instanceof Number || value instanceof Text) {
      min = min == null || compare(value, min) < 0 ? value : min;
      max = max == null || compare(value, max) > 0 ? value : max;
    }
  }

  /** Adds the values of others. */
  void addAll(Values others) {
    nulls += others.nulls;
    if (others.min != null) {
      add(others.min);
      add(others.max);
    }
  }

  /** In the order of SQL: text by unsigned bytes, NaN greater than all others, -0.0 equals 0.0. */
  static int compare(Object one, Object two) {
    if (one instanceof Text) {
      return Arrays.compareUnsigned(
          one.toString().getBytes(StandardCharsets.UTF_8),
          two.toString().getBytes(StandardCharsets.UTF_8));
    }
    if (one instanceof Float || one instanceof Double) {
      double a = ((Number) one).doubleValue();
      double b = ((Number) two).doubleValue();
      return a == b ? 0 : Double.compare(a, b);
    }
    return Long.compare(((Number) one).longValue(), ((Number) two).longValue());
  }
}
