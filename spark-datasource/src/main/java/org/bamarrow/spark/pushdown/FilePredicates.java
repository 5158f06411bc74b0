package org.bamarrow.spark.pushdown;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Evaluates Spark's predicates on columns that have one value in all rows of a file, with SQL's
 * nulls. The result is exact, or {@link Truth#UNKNOWN} if it depends on other columns or uses a
 * function that is not supported. Immutable.
 *
 * @param columns the types of the columns by their names, level by level
 */
public record FilePredicates(Map<List<String>, DataType> columns) {
  /** A result for all rows of a file. */
  public enum Truth {
    TRUE,
    FALSE,
    NULL,
    UNKNOWN;

    private static Truth of(boolean value) {
      return value ? TRUE : FALSE;
    }

    /** Whether some row may satisfy the predicate. */
    public boolean isPossible() {
      return this == TRUE || this == UNKNOWN;
    }
  }

  /** Whether the predicate depends on these columns only, and can be evaluated. */
  public boolean isExact(Predicate predicate) {
    return switch (predicate.name()) {
      case "ALWAYS_TRUE", "ALWAYS_FALSE" -> false; // not a condition on files
      case "AND", "OR", "NOT" ->
          Arrays.stream(predicate.children()).allMatch(child -> isExact((Predicate) child));
      default -> isLeaf(predicate);
    };
  }

  private boolean isLeaf(Predicate predicate) {
    Expression[] children = predicate.children();
    DataType type = children.length == 0 ? null : type(children[0]);
    boolean mirrored = type == null && children.length == 2;
    if (mirrored) {
      type = type(children[1]);
    }
    if (type == null) {
      return false;
    }
    List<Expression> literals =
        Arrays.asList(children).subList(mirrored ? 0 : 1, mirrored ? 1 : children.length);
    DataType column = type;
    return switch (predicate.name()) {
      case "IS_NULL", "IS_NOT_NULL" -> true;
      case "STARTS_WITH" ->
          !mirrored && column.equals(DataTypes.StringType) && are(literals, column);
      case "IN" -> !mirrored && isComparable(column) && are(literals, column);
      case "=", "<=>", "<>", "<", "<=", ">", ">=" -> isComparable(column) && are(literals, column);
      default -> false;
    };
  }

  private static boolean are(List<Expression> literals, DataType type) {
    return literals.stream()
        .allMatch(
            child ->
                child instanceof Literal<?> literal
                    && (literal.dataType().equals(type) || literal.value() == null));
  }

  /** Types whose values are compared as their Java objects are. Floating point is left to Spark. */
  private static boolean isComparable(DataType type) {
    return type.equals(DataTypes.StringType) // with the binary collation
        || type instanceof BooleanType
        || type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType
        || type instanceof DecimalType
        || type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType;
  }

  private DataType type(Expression expression) {
    return expression instanceof NamedReference reference
        ? columns.get(List.of(reference.fieldNames()))
        : null;
  }

  /**
   * Evaluates a predicate for a file.
   *
   * @param values of the columns in Spark's internal types; null: SQL's null
   */
  public Truth evaluate(Predicate predicate, Function<List<String>, Object> values) {
    return switch (predicate.name()) {
      case "AND" -> and(predicate, values);
      case "OR" -> not(nor(predicate, values));
      case "NOT" -> not(evaluate((Predicate) predicate.children()[0], values));
      default -> isLeaf(predicate) ? leaf(predicate, values) : Truth.UNKNOWN;
    };
  }

  private Truth and(Predicate predicate, Function<List<String>, Object> values) {
    Truth result = Truth.TRUE;
    for (Expression child : predicate.children()) {
      result = and(result, evaluate((Predicate) child, values));
    }
    return result;
  }

  /** The negation of an OR, which is an AND of negations. */
  private Truth nor(Predicate predicate, Function<List<String>, Object> values) {
    Truth result = Truth.TRUE;
    for (Expression child : predicate.children()) {
      result = and(result, not(evaluate((Predicate) child, values)));
    }
    return result;
  }

  private static Truth and(Truth one, Truth other) {
    if (one == Truth.FALSE || other == Truth.FALSE) {
      return Truth.FALSE;
    }
    if (one == Truth.UNKNOWN || other == Truth.UNKNOWN) {
      return Truth.UNKNOWN;
    }
    return one == Truth.NULL ? Truth.NULL : other;
  }

  private static Truth not(Truth truth) {
    return switch (truth) {
      case TRUE -> Truth.FALSE;
      case FALSE -> Truth.TRUE;
      case NULL, UNKNOWN -> truth;
    };
  }

  private Truth leaf(Predicate predicate, Function<List<String>, Object> values) {
    Expression[] children = predicate.children();
    boolean mirrored = type(children[0]) == null;
    NamedReference column = (NamedReference) children[mirrored ? 1 : 0];
    Object value = values.apply(List.of(column.fieldNames()));
    return switch (predicate.name()) {
      case "IS_NULL" -> Truth.of(value == null);
      case "IS_NOT_NULL" -> Truth.of(value != null);
      case "IN" -> in(value, children);
      default -> compare(predicate.name(), value, literal(children[mirrored ? 0 : 1]), mirrored);
    };
  }

  private static Object literal(Expression expression) {
    return ((Literal<?>) expression).value();
  }

  private static Truth in(Object value, Expression[] children) {
    Truth found = Truth.FALSE;
    for (int i = 1; i < children.length; i++) {
      Truth same = compare("=", value, literal(children[i]), false);
      if (same == Truth.TRUE) {
        return same;
      }
      found = same == Truth.NULL ? same : found;
    }
    return found;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // both have the Java class of the column's type
  private static Truth compare(String operator, Object value, Object literal, boolean mirrored) {
    if (value == null || literal == null) {
      return operator.equals("<=>") ? Truth.of(value == literal) : Truth.NULL;
    }
    if (operator.equals("STARTS_WITH")) {
      return Truth.of(((UTF8String) value).startsWith((UTF8String) literal));
    }
    int order = ((Comparable) value).compareTo(literal);
    int side = mirrored ? -order : order;
    return Truth.of(
        switch (operator) {
          case "=", "<=>" -> order == 0;
          case "<>" -> order != 0;
          case "<" -> side < 0;
          case "<=" -> side <= 0;
          case ">" -> side > 0;
          default -> side >= 0;
        });
  }
}
