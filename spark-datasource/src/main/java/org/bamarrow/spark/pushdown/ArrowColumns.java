package org.bamarrow.spark.pushdown;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.spark.schema.SparkSchema;

/**
 * Which columns of Arrow data are those of converted BAMs, so that predicates on them translate.
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

  private ArrowColumns() {}

  /**
   * The translator of predicates on a table of Arrow data.
   *
   * @param table all columns of the table
   * @param partitions names of the columns that are not in the files
   * @param caseSensitive whether names of tags are case-sensitive
   */
  public static PredicateTranslator translator(
      StructType table, List<String> partitions, boolean caseSensitive) {
    List<String> others = new ArrayList<>(partitions);
    List<TagType> tags = new ArrayList<>();
    for (StructField column : table.fields()) {
      DataType expected = TYPES.get(column.name());
      if (expected != null && !expected.equals(column.dataType())) {
        others.add(column.name());
      }
      if (column.name().equals(SparkSchema.TAGS)
          && column.dataType() instanceof StructType struct) {
        addTags(struct, caseSensitive, tags);
      }
    }
    TagOptions typed = TagOptions.defaults().withListed(tags).withCaseInsensitive(!caseSensitive);
    return new PredicateTranslator(ConvertOptions.defaults().withTags(typed), others);
  }

  private static void addTags(StructType struct, boolean caseSensitive, List<TagType> tags) {
    for (StructField tag : struct.fields()) {
      boolean alone =
          Arrays.stream(struct.fieldNames())
                  .filter(
                      name ->
                          caseSensitive
                              ? name.equals(tag.name())
                              : name.equalsIgnoreCase(tag.name()))
                  .count()
              == 1;
      DataType type = tag.dataType();
      String letter =
          type.equals(DataTypes.LongType)
              ? "i"
              : type.equals(DataTypes.FloatType)
                  ? "f"
                  : type.equals(DataTypes.StringType) ? "Z" : null;
      if (letter != null && alone && tag.name().matches("[A-Za-z][A-Za-z0-9]")) {
        tags.add(TagType.parse(tag.name() + ":" + letter));
      }
    }
  }
}
