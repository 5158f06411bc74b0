package org.bamarrow.spark.pushdown;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Cast;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.GeneralScalarExpression;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.bamarrow.convert.ColumnProfile;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.internal.filter.RawField.Kind;
import org.bamarrow.spark.schema.SparkSchema;

/** Finds the field in a Spark expression. */
public final class OperandParser {
  private final ConvertOptions table;
  private final List<String> others;

  /**
   * @param table the options that produce all columns of the table
   * @param others columns of the table that are not in the files
   */
  OperandParser(ConvertOptions table, List<String> others) {
    this.table = table;
    this.others = List.copyOf(others);
  }

  /** A field, masked bits of a field, or a field cast to a wider type; otherwise empty. */
  Optional<Operand> parse(Expression expression) {
    if (expression instanceof NamedReference reference) {
      return field(reference.fieldNames()).map(OperandParser::whole);
    }
    if (expression instanceof Cast cast) {
      return parse(cast.expression()).flatMap(operand -> widened(operand, cast.dataType()));
    }
    if (expression instanceof GeneralScalarExpression scalar && scalar.name().equals("&")) {
      Expression left = scalar.children()[0];
      Expression right = scalar.children()[1];
      return masked(left, right).or(() -> masked(right, left));
    }
    return Optional.empty();
  }

  private static Operand whole(RawField field) {
    boolean tag = field.tag() != null;
    DataType type =
        switch (field.kind()) {
          case INTEGER -> tag ? DataTypes.LongType : DataTypes.IntegerType;
          case FLOAT -> DataTypes.FloatType;
          case TEXT, ARRAY -> DataTypes.StringType; // not used for arrays
        };
    return new Operand(field, -1, type);
  }

  private static Optional<Operand> widened(Operand operand, DataType to) {
    boolean widens =
        to.equals(operand.type())
            || operand.field().kind() == Kind.INTEGER && to.equals(DataTypes.LongType)
            || operand.field().kind() == Kind.FLOAT && to.equals(DataTypes.DoubleType);
    return widens
        ? Optional.of(new Operand(operand.field(), operand.mask(), to))
        : Optional.empty();
  }

  private Optional<Operand> masked(Expression bits, Expression mask) {
    Long value = Literals.integer(mask);
    return value == null
        ? Optional.empty()
        : parse(bits)
            .filter(operand -> operand.field().kind() == Kind.INTEGER)
            .map(o -> new Operand(o.field(), o.mask() & value, o.type()));
  }

  private Optional<RawField> field(String[] names) {
    if (others.contains(names[0])) {
      return Optional.empty();
    }
    if (names.length == 1 && table.columns().profile() == ColumnProfile.STANDARD) {
      return Optional.ofNullable(
          RawField.named(names[0], table.columns().coordinates() == Coordinates.ZERO_BASED));
    }
    return names.length == 2 && names[0].equals(SparkSchema.TAGS)
        ? tag(names[1]).map(RawField::of)
        : Optional.empty();
  }

  /** Spark passes names of struct fields as the user wrote them. */
  private Optional<TagType> tag(String name) {
    TagOptions tags = table.tags();
    return tags.listed().stream()
        .filter(type -> type.tag().equals(name))
        .findFirst()
        .or(
            () ->
                tags.listed().stream()
                    .filter(type -> tags.caseInsensitive() && type.tag().equalsIgnoreCase(name))
                    .findFirst());
  }
}
