package org.bamarrow.spark.pushdown;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.LiteralValue;
import org.apache.spark.sql.connector.expressions.filter.AlwaysTrue;
import org.apache.spark.sql.connector.expressions.filter.And;
import org.apache.spark.sql.connector.expressions.filter.Not;
import org.apache.spark.sql.connector.expressions.filter.Or;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.bamarrow.spark.pushdown.FilePredicates.Truth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePredicatesTest {
  private static final FilePredicates PREDICATES =
      new FilePredicates(
          Map.of(
              List.of("n"), DataTypes.IntegerType,
              List.of("m", "s"), DataTypes.StringType,
              List.of("d"), DataTypes.DoubleType));

  private static final Predicate OTHER = compare("=", "other", 1);

  private static Predicate compare(String operator, String column, Object value) {
    Expression literal =
        value instanceof String text
            ? new LiteralValue<>(UTF8String.fromString(text), DataTypes.StringType)
            : Expressions.literal(value);
    return new Predicate(operator, new Expression[] {Expressions.column(column), literal});
  }

  private static Truth of(Predicate predicate, Integer n) {
    Map<List<String>, Object> values = new HashMap<>();
    values.put(List.of("n"), n);
    values.put(List.of("m", "s"), UTF8String.fromString("abc"));
    return PREDICATES.compile(predicate).of(values::get);
  }

  @ParameterizedTest
  @CsvSource({
    "=, FALSE, TRUE, FALSE, NULL",
    "<=>, FALSE, TRUE, FALSE, FALSE",
    "<>, TRUE, FALSE, TRUE, NULL",
    "<, TRUE, FALSE, FALSE, NULL",
    "<=, TRUE, TRUE, FALSE, NULL",
    ">, FALSE, FALSE, TRUE, NULL",
    ">=, FALSE, TRUE, TRUE, NULL",
  })
  void comparisonsAreThoseOfSql(String operator, Truth four, Truth five, Truth six, Truth none) {
    Predicate predicate = compare(operator, "n", 5);
    assertEquals(
        List.of(four, five, six, none),
        List.of(of(predicate, 4), of(predicate, 5), of(predicate, 6), of(predicate, null)));
    String mirrored = operator.replace('<', 'x').replace('>', '<').replace('x', '>');
    boolean symmetric = operator.equals("<>") || operator.equals("<=>");
    Predicate swapped =
        new Predicate(
            symmetric ? operator : mirrored,
            new Expression[] {Expressions.literal(5), Expressions.column("n")});
    assertEquals(
        List.of(four, five, six, none),
        List.of(of(swapped, 4), of(swapped, 5), of(swapped, 6), of(swapped, null)));
    assertEquals(true, PREDICATES.isExact(swapped));
  }

  @Test
  void nullsAndUnknownsAreKeptApart() {
    Predicate isNull = new Predicate("IS_NULL", new Expression[] {Expressions.column("n")});
    assertEquals(List.of(Truth.TRUE, Truth.FALSE), List.of(of(isNull, null), of(isNull, 1)));
    Expression unset = new LiteralValue<>(null, DataTypes.IntegerType);
    Predicate in =
        new Predicate(
            "IN", new Expression[] {Expressions.column("n"), Expressions.literal(1), unset});
    assertEquals(List.of(Truth.TRUE, Truth.NULL), List.of(of(in, 1), of(in, 2)));
    assertEquals(Truth.NULL, of(new Not(in), 2));
    Predicate one = compare("=", "n", 1);
    assertEquals(Truth.UNKNOWN, of(OTHER, 1));
    assertEquals(Truth.UNKNOWN, of(new Not(OTHER), 1));
    assertEquals(Truth.UNKNOWN, of(new And(one, OTHER), 1));
    assertEquals(Truth.FALSE, of(new And(one, OTHER), 2));
    assertEquals(Truth.UNKNOWN, of(new Not(new And(OTHER, in)), 2));
    assertEquals(Truth.TRUE, of(new Or(one, OTHER), 1));
    assertEquals(Truth.UNKNOWN, of(new Or(one, OTHER), 2));
    assertEquals(Truth.UNKNOWN, of(new Or(in, OTHER), 2));
    assertEquals(Truth.NULL, of(new Or(in, one), 2));
    assertEquals(false, PREDICATES.isExact(new Or(one, OTHER)));
    assertEquals(true, PREDICATES.isExact(new Or(one, new Not(in))));
  }

  @Test
  void onlyTypesWithAnOrderOfTheirObjectsAreEvaluated() {
    Predicate starts = compare("STARTS_WITH", "m.s", "ab");
    assertEquals(List.of(true, Truth.TRUE), List.of(PREDICATES.isExact(starts), of(starts, 1)));
    for (Predicate other :
        List.of(
            compare("=", "d", 1.0),
            compare("=", "n", 1L),
            compare("STARTS_WITH", "n", "ab"),
            compare("CONTAINS", "m.s", "ab"),
            compare("=", "m", "ab"),
            new AlwaysTrue())) {
      assertEquals(false, PREDICATES.isExact(other), other.toString());
      assertEquals(Truth.UNKNOWN, of(other, 1), other.toString());
    }
  }
}
