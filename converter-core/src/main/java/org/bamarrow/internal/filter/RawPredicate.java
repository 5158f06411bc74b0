package org.bamarrow.internal.filter;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.bamarrow.internal.base.ByteStringSet;
import org.bamarrow.internal.filter.RawField.Kind;

/**
 * An SQL condition that is evaluated on a record's raw bytes: true, false or unknown, with exactly
 * the outcome of evaluating it on the decoded columns by Spark's rules: comparisons with null are
 * unknown, {@code NOT unknown} is unknown, text compares by its UTF-8 bytes as unsigned numbers,
 * NaN equals NaN and is greater than all other floats, -0.0 equals 0.0. Immutable and serializable.
 *
 * <p>Conditions that cannot be evaluated exactly are not supported: lists of floats (Spark compares
 * -0.0 with 0.0 differently in short and in long lists), comparisons of arrays, collations other
 * than the binary one, patterns. The caller evaluates those on the decoded columns.
 *
 * <p>Evaluating a condition on a value that the column cannot represent (text that is not UTF-8, a
 * position above 2,147,483,647) is the same error as decoding that column. Conditions are not
 * evaluated for records that another condition has already dropped.
 */
public sealed interface RawPredicate extends Serializable {
  Constant TRUE = new Constant(true);
  Constant FALSE = new Constant(false);

  /** A null condition: neither it nor its negation accepts a record. */
  Constant UNKNOWN = new Constant(null);

  /** A constant; null means unknown. */
  record Constant(Boolean value) implements RawPredicate {}

  /**
   * True if all children are true; false if one is false; true if there are no children. Nested
   * conjunctions are flattened, so that long chains are not deep trees.
   */
  record And(List<RawPredicate> children) implements RawPredicate {
    public And {
      children =
          children.stream()
              .flatMap(child -> child instanceof And and ? and.children.stream() : Stream.of(child))
              .toList();
    }

    public And(RawPredicate... children) {
      this(List.of(children));
    }
  }

  /**
   * True if one child is true; false if all are false; false if there are no children. Flattened
   * like {@link And}.
   */
  record Or(List<RawPredicate> children) implements RawPredicate {
    public Or {
      children =
          children.stream()
              .flatMap(child -> child instanceof Or or ? or.children.stream() : Stream.of(child))
              .toList();
    }

    public Or(RawPredicate... children) {
      this(List.of(children));
    }
  }

  /** True if the child is false, false if it is true, else unknown. */
  record Not(RawPredicate child) implements RawPredicate {}

  /** A condition on one field. */
  sealed interface Leaf extends RawPredicate {
    RawField field();
  }

  /** Whether the field is null; never unknown. */
  record IsNull(RawField field) implements Leaf {}

  /**
   * {@code field & mask OPERATOR value}.
   *
   * @param mask applied to the value as a 64-bit two's complement; -1 leaves it as it is
   * @param value null: comparison with null
   */
  record IntegerCompare(RawField field, long mask, Operator operator, Long value) implements Leaf {
    public IntegerCompare {
      field.require(Kind.INTEGER);
    }

    public IntegerCompare(RawField field, Operator operator, long value) {
      this(field, -1, operator, value);
    }
  }

  /**
   * {@code field & mask IN (values)}: unknown for a null field, and for a field that is not among
   * the values if null is one of them; always false if the list is empty, as in Spark 4.
   *
   * @param hasNull whether null is among the values
   */
  record IntegerIn(RawField field, long mask, SortedLongs values, boolean hasNull) implements Leaf {
    public IntegerIn {
      field.require(Kind.INTEGER);
    }

    public IntegerIn(RawField field, long... values) {
      this(field, -1, SortedLongs.of(values), false);
    }
  }

  /**
   * {@code field OPERATOR value}.
   *
   * @param value null: comparison with null; unpaired surrogates compare as question marks
   */
  record TextCompare(RawField field, Operator operator, String value) implements Leaf {
    public TextCompare {
      field.require(Kind.TEXT);
    }
  }

  /** As {@link IntegerIn}, for text. */
  record TextIn(RawField field, ByteStringSet values, boolean hasNull) implements Leaf {
    public TextIn {
      field.require(Kind.TEXT);
    }
  }

  /** Whether the text begins with {@code prefix}; unknown for a null field. */
  record StartsWith(RawField field, String prefix) implements Leaf {
    public StartsWith {
      field.require(Kind.TEXT);
    }
  }

  /**
   * {@code field OPERATOR value} of a float, compared as double, which is exact.
   *
   * @param value null: comparison with null
   */
  record FloatCompare(RawField field, Operator operator, Double value) implements Leaf {
    public FloatCompare {
      field.require(Kind.FLOAT);
    }
  }
}
