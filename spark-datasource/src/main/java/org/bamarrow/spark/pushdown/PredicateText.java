package org.bamarrow.spark.pushdown;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bamarrow.internal.filter.Operator;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.internal.filter.RawPredicate.And;
import org.bamarrow.internal.filter.RawPredicate.Constant;
import org.bamarrow.internal.filter.RawPredicate.FloatCompare;
import org.bamarrow.internal.filter.RawPredicate.IntegerCompare;
import org.bamarrow.internal.filter.RawPredicate.IntegerIn;
import org.bamarrow.internal.filter.RawPredicate.IsNull;
import org.bamarrow.internal.filter.RawPredicate.Leaf;
import org.bamarrow.internal.filter.RawPredicate.Not;
import org.bamarrow.internal.filter.RawPredicate.Or;
import org.bamarrow.internal.filter.RawPredicate.StartsWith;
import org.bamarrow.internal.filter.RawPredicate.TextCompare;
import org.bamarrow.internal.filter.RawPredicate.TextIn;

/** Formats predicates for EXPLAIN; long lists are replaced by their length. */
public final class PredicateText {
  private static final int MAX_VALUES = 10;
  private static final int MAX_OPERANDS = 100;

  private PredicateText() {}

  public static String of(RawPredicate predicate) {
    if (predicate instanceof And and) {
      return joined(and.children(), " AND ");
    }
    if (predicate instanceof Or or) {
      return joined(or.children(), " OR ");
    }
    if (predicate instanceof Not not) {
      return not.child() instanceof IsNull isNull
          ? isNull.field() + " IS NOT NULL"
          : "NOT " + inBrackets(not.child());
    }
    return predicate instanceof Constant constant
        ? String.valueOf(constant.value())
        : leaf((Leaf) predicate);
  }

  private static String joined(List<RawPredicate> children, String by) {
    String more = children.size() > MAX_OPERANDS ? by + "(" + children.size() + " in all)" : "";
    return children.stream()
        .limit(MAX_OPERANDS)
        .map(PredicateText::inBrackets)
        .collect(Collectors.joining(by, "", more));
  }

  private static String inBrackets(RawPredicate predicate) {
    boolean several = predicate instanceof And || predicate instanceof Or;
    return several ? "(" + of(predicate) + ")" : of(predicate);
  }

  private static String leaf(Leaf leaf) {
    if (leaf instanceof IntegerCompare compare) {
      return compare(masked(compare.field(), compare.mask()), compare.operator(), compare.value());
    }
    if (leaf instanceof TextCompare compare) {
      return compare(compare.field().toString(), compare.operator(), compare.value());
    }
    if (leaf instanceof FloatCompare compare) {
      return compare(compare.field().toString(), compare.operator(), compare.value());
    }
    if (leaf instanceof IntegerIn in) {
      List<Long> first =
          IntStream.range(0, Math.min(MAX_VALUES, in.values().size()))
              .mapToObj(in.values()::get)
              .toList();
      return in(masked(in.field(), in.mask()), first, in.values().size(), in.hasNull());
    }
    if (leaf instanceof TextIn in) {
      List<String> first = in.values().stream().limit(MAX_VALUES).toList();
      return in(in.field().toString(), first, in.values().size(), in.hasNull());
    }
    return leaf instanceof StartsWith starts
        ? starts.field() + " LIKE " + starts.prefix() + "%"
        : leaf.field() + " IS NULL";
  }

  private static String masked(RawField field, long mask) {
    return mask == -1 ? field.toString() : "(" + field + " & " + mask + ")";
  }

  private static String compare(String what, Operator operator, Object with) {
    String sign =
        switch (operator) {
          case EQUAL -> "=";
          case NULL_SAFE_EQUAL -> "<=>";
          case LESS -> "<";
          case LESS_OR_EQUAL -> "<=";
          case GREATER -> ">";
          case GREATER_OR_EQUAL -> ">=";
        };
    return what + " " + sign + " " + with;
  }

  private static String in(String what, List<?> first, int size, boolean hasNull) {
    String values =
        size > MAX_VALUES
            ? size + " values"
            : first.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return what + " IN (" + values + (hasNull ? ", null)" : ")");
  }
}
