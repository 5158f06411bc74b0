package org.bamarrow.spark.pushdown;

import java.util.Set;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads the values of literals in Spark's predicates, which may be null. */
final class Literals {
  private static final Set<DataType> INTEGERS =
      Set.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);

  private static final Set<DataType> FLOATS = Set.of(DataTypes.FloatType, DataTypes.DoubleType);

  private Literals() {}

  /**
   * Whether it is a literal that compares with a column as an integer.
   *
   * @param column the column's type: of integers, or of dates or timestamps, which are counted
   */
  static boolean isInteger(Expression expression, DataType column) {
    return expression instanceof Literal<?> literal
        && (INTEGERS.contains(column)
            ? INTEGERS.contains(literal.dataType())
            : literal.dataType().equals(column));
  }

  /** Null if the literal is null or not {@link #isInteger}. */
  static Long integer(Expression expression, DataType column) {
    return isInteger(expression, column) && value(expression) instanceof Number number
        ? Long.valueOf(number.longValue())
        : null;
  }

  static boolean isFloat(Expression expression) {
    return expression instanceof Literal<?> literal && FLOATS.contains(literal.dataType());
  }

  static Double floating(Expression expression) {
    return value(expression) instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
  }

  /** Whether it is a string with the binary collation and valid UTF-8. */
  static boolean isText(Expression expression) {
    if (!(expression instanceof Literal<?> literal)
        || !literal.dataType().equals(DataTypes.StringType)) {
      return false;
    }
    UTF8String text = text(expression);
    return text == null || UTF8String.fromString(text.toString()).equals(text);
  }

  static UTF8String text(Expression expression) {
    return (UTF8String) value(expression);
  }

  static String string(Expression expression) {
    UTF8String text = text(expression);
    return text == null ? null : text.toString();
  }

  private static Object value(Expression expression) {
    return ((Literal<?>) expression).value();
  }
}
