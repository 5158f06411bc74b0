package org.bamarrow.spark.pushdown;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.filter.Not;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.internal.filter.Operator;
import org.bamarrow.internal.filter.RawPredicate;

/** Translates Spark's predicates to raw predicates with exactly the same result. */
public final class PredicateTranslator {
  private final OperandParser operands;

  /**
   * @param table the options that produce all columns of the table
   */
  public PredicateTranslator(ConvertOptions table) {
    this(table, List.of());
  }

  /**
   * @param table the options that produce all columns of the table
   * @param others columns of the table that are not in the files, although records may have fields
   *     of these names
   */
  public PredicateTranslator(ConvertOptions table, List<String> others) {
    this(new OperandParser(table, others));
  }

  PredicateTranslator(OperandParser operands) {
    this.operands = operands;
  }

  /** The parser of fields in expressions. */
  public OperandParser operands() {
    return operands;
  }

  /** The equivalent raw predicate; empty if there is none. */
  Optional<RawPredicate> exact(Predicate predicate) {
    return switch (predicate.name()) {
      case "ALWAYS_TRUE" -> Optional.of(RawPredicate.TRUE);
      case "ALWAYS_FALSE" -> Optional.of(RawPredicate.FALSE);
      case "AND" -> all(predicate, this::exact).map(RawPredicate.And::new);
      case "OR" -> all(predicate, this::exact).map(RawPredicate.Or::new);
      case "NOT" -> exact(((Not) predicate).child()).map(RawPredicate.Not::new);
      default -> leaf(predicate.name(), Arrays.asList(predicate.children()));
    };
  }

  /**
   * A raw predicate that is true for every row for which the predicate is true, and maybe for
   * others; empty if there is none. Unsupported operands of an AND are dropped, but not below a
   * NOT.
   */
  public Optional<RawPredicate> implied(Predicate predicate) {
    return switch (predicate.name()) {
      case "AND" -> {
        List<RawPredicate> supported =
            parts(predicate).stream().flatMap(part -> implied(part).stream()).toList();
        yield supported.size() < 2
            ? supported.stream().findFirst()
            : Optional.of(new RawPredicate.And(supported));
      }
      case "OR" -> all(predicate, this::implied).map(RawPredicate.Or::new);
      default -> exact(predicate);
    };
  }

  /** The translations of all operands of an AND or OR; empty if one cannot be translated. */
  private static Optional<List<RawPredicate>> all(
      Predicate predicate, Function<Predicate, Optional<RawPredicate>> translate) {
    List<RawPredicate> all = new ArrayList<>();
    for (Predicate part : parts(predicate)) {
      Optional<RawPredicate> translated = translate.apply(part);
      if (translated.isEmpty()) {
        return Optional.empty();
      }
      all.add(translated.get());
    }
    return Optional.of(all);
  }

  /** The operands of an AND or OR, flattened: Spark nests long lists as pairs. */
  static List<Predicate> parts(Predicate predicate) {
    List<Predicate> parts = new ArrayList<>();
    Deque<Predicate> left = new ArrayDeque<>(List.of(predicate));
    while (!left.isEmpty()) {
      Predicate next = left.pop();
      if (next.name().equals(predicate.name())) {
        Expression[] pair = next.children();
        left.push((Predicate) pair[1]);
        left.push((Predicate) pair[0]);
      } else {
        parts.add(next);
      }
    }
    return parts;
  }

  private Optional<RawPredicate> leaf(String name, List<Expression> children) {
    return switch (name) {
      case "=" -> compare(Operator.EQUAL, children);
      case "<>" -> compare(Operator.EQUAL, children).map(RawPredicate.Not::new);
      case "<=>" -> compare(Operator.NULL_SAFE_EQUAL, children);
      case "<" -> compare(Operator.LESS, children);
      case "<=" -> compare(Operator.LESS_OR_EQUAL, children);
      case ">" -> compare(Operator.GREATER, children);
      case ">=" -> compare(Operator.GREATER_OR_EQUAL, children);
      case "IS_NULL" -> operand(children).map(Operand::isNull);
      case "IS_NOT_NULL" -> operand(children).map(Operand::isNull).map(RawPredicate.Not::new);
      case "IN" -> operand(children).flatMap(operand -> in(operand, children));
      case "STARTS_WITH" ->
          operand(children).flatMap(operand -> operand.startsWith(children.get(1)));
      default -> Optional.empty();
    };
  }

  private Optional<Operand> operand(List<Expression> children) {
    return operands.parse(children.get(0));
  }

  private static Optional<RawPredicate> in(Operand operand, List<Expression> children) {
    return operand.in(new ArrayList<>(children.subList(1, children.size())));
  }

  private Optional<RawPredicate> compare(Operator operator, List<Expression> children) {
    Expression left = children.get(0);
    Expression right = children.get(1);
    return operands
        .parse(left)
        .flatMap(operand -> operand.compare(operator, right))
        .or(() -> operands.parse(right).flatMap(o -> o.compare(mirrored(operator), left)));
  }

  private static Operator mirrored(Operator operator) {
    return switch (operator) {
      case EQUAL, NULL_SAFE_EQUAL -> operator;
      case LESS -> Operator.GREATER;
      case LESS_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
      case GREATER -> Operator.LESS;
      case GREATER_OR_EQUAL -> Operator.LESS_OR_EQUAL;
    };
  }
}
