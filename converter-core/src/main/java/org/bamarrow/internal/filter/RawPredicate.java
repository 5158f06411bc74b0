package org.bamarrow.internal.filter;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.bamarrow.internal.base.ByteStringSet;
import org.bamarrow.internal.filter.RawField.Kind;

/**
 * A condition of SQL that a record's raw bytes can answer: true, false or unknown, exactly what an
 * engine gets that evaluates it on the decoded columns, by Spark's rules: comparisons with null are
 * unknown, {@code NOT unknown} is unknown, text compares by its UTF-8 bytes as unsigned numbers,
 * NaN equals NaN and is greater than all other floats, -0.0 equals 0.0. Immutable and serializable.
 *
 * <p>What would not be exact has no form here: lists of floats (Spark compares -0.0 with 0.0 one
 * way in short lists and another way in long ones), comparisons of arrays, collations other than
 * the binary one, patterns. The caller evaluates those on the decoded columns.
 *
 * <p>A condition that is asked about a value which the column cannot hold (text that is not UTF-8,
 * a position past 2,147,483,647) fails as decoding that column does. It is not asked about records
 * that another condition has left out already.
 */
public sealed interface RawPredicate extends Serializable {
  Constant TRUE = new Constant(true);
  Constant FALSE = new Constant(false);

  /** Null as a condition: accepts nothing, nor does its negation. */
  Constant UNKNOWN = new Constant(null);

  /** The same for every record; null: unknown. */
  record Constant(Boolean value) implements RawPredicate {}

  /**
   * True if all children are; false if one is false; of none it is true. Takes in the children of
   * children that are of this kind, so that long chains of pairs are no deep trees.
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

  /** True if one child is; false if all are false; of none it is false. Takes in as And does. */
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

  /** True where the child is false and the other way round. */
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
   * @param value null: compared with null
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
   * {@code field & mask IN (values)}: unknown for a null field, and for one that is not among the
   * values where null is; false for all fields where there are no values at all, as in Spark 4.
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
   * @param value null: compared with null; unpaired surrogates compare as question marks
   */
  record TextCompare(RawField field, Operator operator, String value) implements Leaf {
    public TextCompare {
      field.require(Kind.TEXT);
    }
  }

  /** As {@link IntegerIn}, of text. */
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
   * {@code field OPERATOR value} of a float as a double, which is exact for both.
   *
   * @param value null: compared with null
   */
  record FloatCompare(RawField field, Operator operator, Double value) implements Leaf {
    public FloatCompare {
      field.require(Kind.FLOAT);
    }
  }
}
