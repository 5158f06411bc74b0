package org.bamarrow.internal.filter;

import java.util.ArrayList;
import java.util.List;
import org.bamarrow.internal.filter.ExpressionOperators.Comparison;
import org.bamarrow.internal.filter.RawPredicate.IntegerCompare;
import org.bamarrow.internal.filter.RawPredicate.IsNull;
import org.bamarrow.internal.filter.RawPredicate.Not;
import org.bamarrow.internal.filter.RawPredicate.Or;
import org.bamarrow.internal.filter.RawPredicate.TextCompare;

/**
 * A part of a filter expression whose value is a constant or that of a column, for conditions that
 * rows must satisfy. Comparisons of others can have any outcome.
 */
sealed interface ExpressionOperand {
  ExpressionOperand UNKNOWN = new Unknown();

  /** Integers up to this are exact as numbers of expressions. */
  double MAX_EXACT = 1L << 53;

  /** Any value. */
  record Unknown() implements ExpressionOperand {}

  /** A constant number. */
  record Number(double value) implements ExpressionOperand {}

  /** A constant text. */
  record Text(String value) implements ExpressionOperand {}

  /**
   * Integers: of a stored value {@code s} from {@code min} to {@code max}, {@code s & mask +
   * offset}; any value of others.
   *
   * @param ifNull the value of a null; NaN: it is missing; null: any value
   */
  record Integers(RawField field, long mask, int offset, long min, long max, Double ifNull)
      implements ExpressionOperand {
    Integers masked(long by) {
      return new Integers(
          field, mask & by, offset, min, max, ifNull == null ? null : mask(ifNull, by));
    }

    private static double mask(double value, long by) {
      return Double.isNaN(value) ? value : (double) ((long) value & by);
    }
  }

  /**
   * Text.
   *
   * @param ifNull the value of a null; null: it is missing
   */
  record Texts(RawField field, String ifNull) implements ExpressionOperand {}

  /** {@code &} of two numbers, if one is a constant. */
  static ExpressionOperand and(ExpressionOperand left, ExpressionOperand right) {
    if (left instanceof Number) {
      return right instanceof Number ? UNKNOWN : and(right, left);
    }
    boolean known =
        left instanceof Integers integers
            && integers.offset == 0
            && right instanceof Number number
            && Math.abs(number.value) < MAX_EXACT;
    return known ? ((Integers) left).masked((long) ((Number) right).value) : UNKNOWN;
  }

  /**
   * A condition that is true for every row for which a comparison has an outcome.
   *
   * @param outcome false: it is false, or an operand is missing
   */
  static RawPredicate compare(
      Comparison operator, ExpressionOperand left, ExpressionOperand right, boolean outcome) {
    if (left instanceof Number || left instanceof Text) {
      return right instanceof Number || right instanceof Text
          ? RawPredicate.TRUE
          : compare(operator.swapped(), right, left, outcome);
    }
    if (left instanceof Integers integers
        && right instanceof Number number
        && Math.abs(number.value) < MAX_EXACT) {
      return compare(operator, integers, number.value, outcome);
    }
    return left instanceof Texts texts && right instanceof Text text && isAscii(text.value)
        ? compare(operator, texts, text.value, outcome)
        : RawPredicate.TRUE;
  }

  /**
   * Whether text compares with columns as with the bytes of a BAM: up to the first NUL, and other
   * characters of a column may have been decoded as Latin-1.
   */
  private static boolean isAscii(String text) {
    return text.chars().allMatch(each -> each > 0 && each < 0x80);
  }

  private static RawPredicate compare(
      Comparison operator, Integers of, double value, boolean outcome) {
    List<RawPredicate> any = new ArrayList<>();
    RawPredicate holds = holds(operator, of, value);
    any.add(outcome ? holds : new Not(holds));
    boolean missing = of.ifNull != null && Double.isNaN(of.ifNull);
    if (of.ifNull == null || (missing ? !outcome : operator.holds(of.ifNull, value) == outcome)) {
      any.add(new IsNull(of.field));
    }
    any.add(new IntegerCompare(of.field, Operator.LESS, of.min));
    any.add(new IntegerCompare(of.field, Operator.GREATER, of.max));
    return new Or(any);
  }

  /** The comparison of a value that is not null, with an integer instead of a fraction. */
  private static RawPredicate holds(Comparison operator, Integers of, double value) {
    long floor = (long) Math.floor(value) - of.offset;
    long ceil = (long) Math.ceil(value) - of.offset;
    return switch (operator) {
      case LESS -> new IntegerCompare(of.field, of.mask, Operator.LESS, ceil);
      case LESS_OR_EQUAL -> new IntegerCompare(of.field, of.mask, Operator.LESS_OR_EQUAL, floor);
      case GREATER -> new IntegerCompare(of.field, of.mask, Operator.GREATER, floor);
      case GREATER_OR_EQUAL ->
          new IntegerCompare(of.field, of.mask, Operator.GREATER_OR_EQUAL, ceil);
      case EQUAL ->
          floor == ceil
              ? new IntegerCompare(of.field, of.mask, Operator.EQUAL, ceil)
              : RawPredicate.FALSE;
      case NOT_EQUAL ->
          floor == ceil
              ? new Not(new IntegerCompare(of.field, of.mask, Operator.EQUAL, ceil))
              : RawPredicate.TRUE;
    };
  }

  private static RawPredicate compare(
      Comparison operator, Texts of, String value, boolean outcome) {
    RawPredicate holds =
        switch (operator) {
          case LESS -> new TextCompare(of.field, Operator.LESS, value);
          case LESS_OR_EQUAL -> new TextCompare(of.field, Operator.LESS_OR_EQUAL, value);
          case GREATER -> new TextCompare(of.field, Operator.GREATER, value);
          case GREATER_OR_EQUAL -> new TextCompare(of.field, Operator.GREATER_OR_EQUAL, value);
          case EQUAL -> new TextCompare(of.field, Operator.EQUAL, value);
          case NOT_EQUAL -> new Not(new TextCompare(of.field, Operator.EQUAL, value));
        };
    boolean ofNull =
        of.ifNull == null
            ? !outcome
            : operator.holds(of.ifNull.compareTo(value), 0) == outcome; // of ASCII with UTF-8
    RawPredicate known = outcome ? holds : new Not(holds);
    return ofNull ? new Or(known, new IsNull(of.field)) : known;
  }
}
