package org.bamarrow.internal.filter;

import java.util.function.DoublePredicate;
import org.bamarrow.internal.filter.RawPredicate.FloatCompare;

/**
 * The test of a condition on a float: NaN equals NaN and is the largest value, -0.0 equals 0.0.
 *
 * @param holds applied to a value that is not null
 * @param onNull outcome for null
 * @param onMiss outcome if {@code holds} is false
 */
record FloatTest(DoublePredicate holds, int onNull, int onMiss) {
  static FloatTest of(FloatCompare leaf) {
    Operator operator = leaf.operator();
    boolean nullSafe = operator == Operator.NULL_SAFE_EQUAL;
    if (leaf.value() == null) {
      return nullSafe
          ? new FloatTest(value -> false, Node.TRUE, Node.FALSE)
          : new FloatTest(value -> false, Node.UNKNOWN, Node.UNKNOWN);
    }
    double than = leaf.value();
    return new FloatTest(
        value -> operator.holds(value == than ? 0 : Double.compare(value, than)),
        nullSafe ? Node.FALSE : Node.UNKNOWN,
        Node.FALSE);
  }
}
