package org.bamarrow.internal.filter;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bamarrow.internal.filter.RawPredicate.And;
import org.bamarrow.internal.filter.RawPredicate.Constant;
import org.bamarrow.internal.filter.RawPredicate.FloatCompare;
import org.bamarrow.internal.filter.RawPredicate.IntegerCompare;
import org.bamarrow.internal.filter.RawPredicate.IntegerIn;
import org.bamarrow.internal.filter.RawPredicate.IsNull;
import org.bamarrow.internal.filter.RawPredicate.Not;
import org.bamarrow.internal.filter.RawPredicate.Or;
import org.bamarrow.internal.filter.RawPredicate.StartsWith;
import org.bamarrow.internal.filter.RawPredicate.TextCompare;
import org.bamarrow.internal.filter.RawPredicate.TextIn;

/** SQL's three-valued logic on decoded rows, written for clarity; null is unknown. */
public final class SqlOracle {
  private SqlOracle() {}

  public static Boolean evaluate(RawPredicate predicate, Map<String, Object> row) {
    if (predicate instanceof Constant constant) {
      return constant.value();
    } else if (predicate instanceof Not not) {
      Boolean child = evaluate(not.child(), row);
      return child == null ? null : Boolean.valueOf(!child);
    } else if (predicate instanceof And and) {
      return several(and.children(), row, false);
    } else if (predicate instanceof Or or) {
      return several(or.children(), row, true);
    } else if (predicate instanceof IsNull is) {
      return value(is.field(), row) == null;
    } else if (predicate instanceof IntegerCompare compare) {
      BigInteger wanted = compare.value() == null ? null : BigInteger.valueOf(compare.value());
      return compare(compare.operator(), integer(compare.field(), compare.mask(), row), wanted);
    } else if (predicate instanceof IntegerIn in) {
      BigInteger value = integer(in.field(), in.mask(), row);
      boolean found = false;
      for (int i = 0; i < in.values().size(); i++) {
        found |= BigInteger.valueOf(in.values().get(i)).equals(value);
      }
      return in(value, found, in.values().size() == 0, in.hasNull());
    } else if (predicate instanceof TextCompare compare) {
      String value = (String) value(compare.field(), row);
      return compare(compare.operator(), utf8(value), utf8(compare.value()));
    } else if (predicate instanceof TextIn in) {
      String value = (String) value(in.field(), row);
      boolean found = in.values().stream().anyMatch(each -> each.equals(value));
      return in(value, found, in.values().isEmpty(), in.hasNull());
    } else if (predicate instanceof StartsWith starts) {
      String value = (String) value(starts.field(), row);
      return value == null ? null : Boolean.valueOf(value.startsWith(starts.prefix()));
    }
    FloatCompare compare = (FloatCompare) predicate;
    Float value = (Float) value(compare.field(), row);
    return compare(compare.operator(), value == null ? null : total(value), total(compare.value()));
  }

  private static Object value(RawField field, Map<String, Object> row) {
    Object value = row.get(field.toString());
    if (value == null && !row.containsKey(field.toString()) && field.tag() == null) {
      throw new AssertionError("no column " + field);
    }
    return value;
  }

  private static BigInteger integer(RawField field, long mask, Map<String, Object> row) {
    Number value = (Number) value(field, row);
    return value == null
        ? null
        : BigInteger.valueOf(value.longValue()).and(BigInteger.valueOf(mask));
  }

  /** Hexadecimal digits have the order of the bytes they encode. */
  private static String utf8(String text) {
    return text == null ? null : HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A double that compares as Spark's floats: one zero, and one NaN past infinity. */
  private static Double total(Number value) {
    return value == null ? null : value.doubleValue() == 0 ? 0.0 : value.doubleValue();
  }

  private static <T extends Comparable<T>> Boolean compare(Operator operator, T left, T right) {
    if (operator == Operator.NULL_SAFE_EQUAL) {
      return Objects.equals(left, right);
    }
    if (left == null || right == null) {
      return null;
    }
    int order = left.compareTo(right);
    return switch (operator) {
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      default -> order == 0;
    };
  }

  private static Boolean in(Object value, boolean found, boolean empty, boolean hasNull) {
    if (empty && !hasNull) {
      return false;
    }
    if (value == null) {
      return null;
    }
    return found ? Boolean.TRUE : hasNull ? null : Boolean.FALSE;
  }

  private static Boolean several(
      List<RawPredicate> children, Map<String, Object> row, boolean decisive) {
    boolean unknown = false;
    for (RawPredicate child : children) {
      Boolean value = evaluate(child, row);
      if (value != null && value == decisive) {
        return decisive;
      }
      unknown |= value == null;
    }
    return unknown ? null : Boolean.valueOf(!decisive);
  }
}
