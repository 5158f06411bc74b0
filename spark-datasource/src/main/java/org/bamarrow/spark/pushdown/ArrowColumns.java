package org.bamarrow.spark.pushdown;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.spark.schema.SparkSchema;

/**
 * What the columns of Arrow data are in predicates and aggregates: those of converted BAMs, and
 * columns of any table.
 */
public final class ArrowColumns {
  private static final Map<String, DataType> TYPES =
      Map.of(
          "qname", DataTypes.StringType,
          "flag", DataTypes.IntegerType,
          "rname", DataTypes.StringType,
          "pos", DataTypes.IntegerType,
          "end", DataTypes.IntegerType,
          "mapq", DataTypes.IntegerType,
          "rnext", DataTypes.StringType,
          "pnext", DataTypes.IntegerType,
          "tlen", DataTypes.IntegerType);

  private static final Set<DataType> INTEGERS =
      Set.of(
          DataTypes.ByteType,
          DataTypes.ShortType,
          DataTypes.IntegerType,
          DataTypes.LongType,
          DataTypes.DateType,
          DataTypes.TimestampType,
          DataTypes.TimestampNTZType);

  private ArrowColumns() {}

  /**
   * The translator of predicates on a table of Arrow data.
   *
   * @param table all columns of the table
   * @param partitions names of the columns that are not in the files
   * @param caseSensitive whether names of fields of structs are case-sensitive
   */
  public static PredicateTranslator translator(
      StructType table, List<String> partitions, boolean caseSensitive) {
    Map<List<String>, Operand> others = new HashMap<>();
    List<TagType> tags = new ArrayList<>();
    boolean reads = areReads(table);
    for (StructField column : table.fields()) {
      boolean converted = reads && column.dataType().equals(TYPES.get(column.name()));
      if (!converted && !partitions.contains(column.name())) {
        others.put(List.of(column.name()), operand(column.name(), null, column.dataType()));
        if (column.dataType() instanceof StructType struct) {
          for (StructField field : struct.fields()) {
            if (isUnique(field.name(), struct, caseSensitive)) {
              others.put(
                  OperandParser.key(column.name(), field.name(), caseSensitive),
                  operand(column.name(), field.name(), field.dataType()));
            }
          }
        }
      }
      if (column.name().equals(SparkSchema.TAGS)
          && column.dataType() instanceof StructType struct) {
        addTags(struct, caseSensitive, tags);
      }
    }
    TagOptions typed = TagOptions.defaults().withListed(tags).withCaseInsensitive(!caseSensitive);
    return new PredicateTranslator(
        new OperandParser(ConvertOptions.defaults().withTags(typed), partitions, others));
  }

  /** Whether positions can be those of references, which have names. */
  private static boolean areReads(StructType table) {
    return Arrays.stream(table.fields())
        .filter(column -> column.name().equals("rname"))
        .allMatch(column -> column.dataType().equals(DataTypes.StringType));
  }

  private static Operand operand(String column, String field, DataType type) {
    return new Operand(RawField.ofBatches(column, field, kind(type)), -1, type);
  }

  private static RawField.Kind kind(DataType type) {
    if (INTEGERS.contains(type)) {
      return RawField.Kind.INTEGER;
    }
    return type.equals(DataTypes.StringType) // with the binary collation
        ? RawField.Kind.TEXT
        : type.equals(DataTypes.FloatType) || type.equals(DataTypes.DoubleType)
            ? RawField.Kind.FLOAT
            : RawField.Kind.ARRAY;
  }

  private static boolean isUnique(String field, StructType in, boolean caseSensitive) {
    return Arrays.stream(in.fieldNames())
            .filter(name -> caseSensitive ? name.equals(field) : name.equalsIgnoreCase(field))
            .count()
        == 1;
  }

  private static void addTags(StructType struct, boolean caseSensitive, List<TagType> tags) {
    for (StructField tag : struct.fields()) {
      DataType type = tag.dataType();
      String letter =
          type.equals(DataTypes.LongType)
              ? "i"
              : type.equals(DataTypes.FloatType)
                  ? "f"
                  : type.equals(DataTypes.StringType) ? "Z" : null;
      if (letter != null
          && isUnique(tag.name(), struct, caseSensitive)
          && tag.name().matches("[A-Za-z][A-Za-z0-9]")) {
        tags.add(TagType.parse(tag.name() + ":" + letter));
      }
    }
  }
}
