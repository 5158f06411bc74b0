package org.bamarrow.spark.pushdown;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Not;
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

    private Truth and(Truth other) {
      if (this == FALSE || other == FALSE) {
        return FALSE;
      }
      if (this == UNKNOWN || other == UNKNOWN) {
        return UNKNOWN;
      }
      return this == NULL ? NULL : other;
    }

    private Truth not() {
      return switch (this) {
        case TRUE -> FALSE;
        case FALSE -> TRUE;
        case NULL, UNKNOWN -> this;
      };
    }

    /** Whether some row may satisfy the predicate. */
    public boolean isPossible() {
      return this == TRUE || this == UNKNOWN;
    }
  }

  /** A predicate that is evaluated for many files. Immutable. */
  public interface Condition {
    /**
     * Evaluates it for a file.
     *
     * @param values of the columns in Spark's internal types; null: SQL's null
     */
    Truth of(Function<List<String>, Object> values);
  }

  /** Whether the predicate depends on these columns only, and can be evaluated. */
  public boolean isExact(Predicate predicate) {
    return switch (predicate.name()) {
      case "AND", "OR" -> PredicateTranslator.parts(predicate).stream().allMatch(this::isExact);
      case "NOT" -> isExact(((Not) predicate).child());
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

  /** Prepares a predicate. */
  public Condition compile(Predicate predicate) {
    return switch (predicate.name()) {
      case "AND" -> and(parts(predicate));
      case "OR" -> { // the negation of an AND of negations
        Condition none = and(parts(predicate).stream().map(FilePredicates::not).toList());
        yield not(none);
      }
      case "NOT" -> not(compile(((Not) predicate).child()));
      default -> isLeaf(predicate) ? leaf(predicate) : values -> Truth.UNKNOWN;
    };
  }

  private List<Condition> parts(Predicate predicate) {
    return PredicateTranslator.parts(predicate).stream().map(this::compile).toList();
  }

  private static Condition and(List<Condition> conditions) {
    return values -> {
      Truth result = Truth.TRUE;
      for (Condition condition : conditions) {
        result = result.and(condition.of(values));
      }
      return result;
    };
  }

  private static Condition not(Condition condition) {
    return values -> condition.of(values).not();
  }

  private Condition leaf(Predicate predicate) {
    Expression[] children = predicate.children();
    boolean mirrored = type(children[0]) == null;
    NamedReference column = (NamedReference) children[mirrored ? 1 : 0];
    List<String> name = List.of(column.fieldNames());
    return switch (predicate.name()) {
      case "IS_NULL" -> values -> Truth.of(values.apply(name) == null);
      case "IS_NOT_NULL" -> values -> Truth.of(values.apply(name) != null);
      case "IN" -> in(name, children);
      default -> {
        Object literal = literal(children[mirrored ? 0 : 1]);
        String operator = predicate.name();
        yield values -> compare(operator, values.apply(name), literal, mirrored);
      }
    };
  }

  private static Object literal(Expression expression) {
    return ((Literal<?>) expression).value();
  }

  private static Condition in(List<String> name, Expression[] children) {
    Set<Object> literals = new HashSet<>();
    for (Expression child : Arrays.asList(children).subList(1, children.length)) {
      literals.add(literal(child));
    }
    Truth otherwise = literals.remove(null) ? Truth.NULL : Truth.FALSE;
    return values -> {
      Object value = values.apply(name);
      return value == null ? Truth.NULL : literals.contains(value) ? Truth.TRUE : otherwise;
    };
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
