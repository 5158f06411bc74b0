package org.bamarrow.spark.pushdown;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;
import org.bamarrow.internal.base.ByteStringSet;
import org.bamarrow.internal.filter.Operator;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.internal.filter.SortedLongs;

/**
 * A field in a predicate, and the raw predicates on it; empty if the core does not support one.
 *
 * @param mask bit mask for integers
 * @param type Spark's, after widening
 */
record Operand(RawField field, long mask, DataType type) {
  RawPredicate isNull() {
    return new RawPredicate.IsNull(field);
  }

  Optional<RawPredicate> compare(Operator operator, Expression with) {
    return switch (field.kind()) {
      case INTEGER ->
          Literals.isInteger(with, type)
              ? Optional.of(
                  new RawPredicate.IntegerCompare(
                      field, mask, operator, Literals.integer(with, type)))
              : Optional.empty();
      case TEXT ->
          Literals.isText(with)
              ? Optional.of(new RawPredicate.TextCompare(field, operator, Literals.string(with)))
              : Optional.empty();
      case FLOAT ->
          Literals.isFloat(with)
              ? Optional.of(new RawPredicate.FloatCompare(field, operator, Literals.floating(with)))
              : Optional.empty();
      case ARRAY -> Optional.empty();
    };
  }

  Optional<RawPredicate> startsWith(Expression prefix) {
    return field.kind() == RawField.Kind.TEXT
            && Literals.isText(prefix)
            && Literals.string(prefix) != null
        ? Optional.of(new RawPredicate.StartsWith(field, Literals.string(prefix)))
        : Optional.empty();
  }

  Optional<RawPredicate> in(List<Expression> values) {
    return switch (field.kind()) {
      case INTEGER -> inIntegers(values);
      case TEXT -> inTexts(values);
      case FLOAT, ARRAY -> Optional.empty();
    };
  }

  private Optional<RawPredicate> inIntegers(List<Expression> values) {
    if (!values.stream().allMatch(value -> Literals.isInteger(value, type))) {
      return Optional.empty();
    }
    List<Long> integers = values.stream().map(value -> Literals.integer(value, type)).toList();
    long[] known = integers.stream().filter(Objects::nonNull).mapToLong(Long::longValue).toArray();
    return Optional.of(
        new RawPredicate.IntegerIn(
            field, mask, SortedLongs.of(known), known.length < integers.size()));
  }

  private Optional<RawPredicate> inTexts(List<Expression> values) {
    if (!values.stream().allMatch(Literals::isText)) {
      return Optional.empty();
    }
    ByteStringSet.Builder known = new ByteStringSet.Builder();
    boolean hasNull = false;
    for (Expression value : values) {
      UTF8String text = Literals.text(value);
      if (text == null) {
        hasNull = true;
      } else {
        byte[] bytes = text.getBytes();
        known.add(bytes, 0, bytes.length);
      }
    }
    return Optional.of(new RawPredicate.TextIn(field, known.build(), hasNull));
  }
}
