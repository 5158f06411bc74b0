package org.bamarrow.spark.pushdown;

import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.bamarrow.spark.schema.RecordMetadata;
import org.bamarrow.spark.schema.SparkSchema;

/** Finds the field in a Spark expression. */
public final class OperandParser {
  /** From narrow to wide. */
  private static final List<DataType> INTEGERS =
      List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);

  private final ConvertOptions table;
  private final List<String> others;

  /** Columns of Arrow data that are not those of converted BAMs, by {@link #key}; null: of BAMs. */
  private final Map<List<String>, Operand> columns;

  /**
   * @param table the options that produce all columns of the table
   * @param others columns of the table that are not in the files
   */
  OperandParser(ConvertOptions table, List<String> others) {
    this(table, others, null);
  }

  /**
   * The parser for Arrow data.
   *
   * @param table options with the types of the tags
   * @param others columns of the table that are not in the files
   * @param columns the columns that no BAM has, or that have other types here
   */
  OperandParser(ConvertOptions table, List<String> others, Map<List<String>, Operand> columns) {
    this.table = table;
    this.others = List.copyOf(others);
    this.columns = columns;
  }

  /** Whether the fields are columns of Arrow data. */
  boolean isOfArrow() {
    return columns != null;
  }

  /** A field, masked bits of a field, or a field cast to a wider type; otherwise empty. */
  Optional<Operand> parse(Expression expression) {
    if (expression instanceof NamedReference reference) {
      String[] names = reference.fieldNames();
      return ofArrow(names).or(() -> field(names).map(OperandParser::whole));
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

  private Optional<Operand> ofArrow(String[] names) {
    if (columns == null || names.length > 2 || names.length == 2 && isTag(names)) {
      return Optional.empty();
    }
    List<String> key =
        names.length == 1
            ? List.of(names[0])
            : key(names[0], names[1], !table.tags().caseInsensitive());
    return Optional.ofNullable(columns.get(key));
  }

  private boolean isTag(String[] names) {
    return names[0].equals(SparkSchema.TAGS) && tag(names[1]).isPresent();
  }

  /** The key of a field of a struct; that of a column is its name alone. */
  static List<String> key(String column, String field, boolean caseSensitive) {
    return List.of(column, caseSensitive ? field : field.toLowerCase(Locale.ROOT));
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
    int width = INTEGERS.indexOf(operand.type());
    boolean widens =
        to.equals(operand.type())
            || width >= 0 && INTEGERS.indexOf(to) > width
            || operand.field().kind() == Kind.FLOAT && to.equals(DataTypes.DoubleType);
    return widens
        ? Optional.of(new Operand(operand.field(), operand.mask(), to))
        : Optional.empty();
  }

  private Optional<Operand> masked(Expression bits, Expression mask) {
    Long value = Literals.integer(mask, DataTypes.LongType);
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
    if (names.length == 1 && names[0].equals(RecordMetadata.RID.name())) {
      return Optional.of(RawField.of(RawField.Column.RID));
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
