package org.bamarrow.spark.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ColumnProfile;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagProjection;
import org.bamarrow.convert.TagType;
import org.bamarrow.convert.TagsMode;
import org.bamarrow.internal.base.ClosestName;
import org.bamarrow.internal.column.BatchSchema;
import org.bamarrow.internal.ipc.IpcBatches;

/**
 * Converts the core's columns to Spark types and back. The schema has all that a reader needs to
 * know of tags: the SAM type, which a Spark type does not determine, is in the metadata of the
 * field.
 */
public final class SparkSchema {
  public static final String TAGS = "tags";
  public static final String OTHER_TAGS = "other_tags";

  /** As in the Arrow schema: a tag's SAM type, {@code Z} or {@code B:c}. */
  private static final String TYPE_KEY = "bamarrow.type";

  /** {@code SHOW CREATE TABLE} of Spark 4.2 writes it out. */
  private static final String DEFAULT_COLLATION = " collate UTF8_BINARY";

  private SparkSchema() {}

  /**
   * The Spark schema of a conversion.
   *
   * @param options with the tags listed
   */
  public static StructType of(ConvertOptions options) {
    TagOptions tags = options.tags();
    List<TagType> fieldTypes = tags.fields(tags.listed());
    StructType plain =
        ArrowUtils.fromArrowSchema(
            new Schema(new BatchSchema(options.columns(), tags, tags.listed()).fields()));
    StructField[] fields = plain.fields();
    for (int i = 0; i < fields.length; i++) {
      if (fields[i].name().equals(TAGS)) {
        StructType typed = withSamTypes((StructType) fields[i].dataType(), fieldTypes);
        fields[i] = new StructField(TAGS, typed, fields[i].nullable(), Metadata.empty());
      }
    }
    return new StructType(fields);
  }

  /**
   * The Spark schema of Arrow data.
   *
   * @param schema of the file
   * @param name of the data, for messages
   * @throws IllegalArgumentException if Spark has no type for a column, with the name of the column
   */
  public static StructType ofArrow(Schema schema, String name) {
    return ofArrow(schema, schema.getFields().stream().map(Field::getName).toList(), name);
  }

  /** As {@link #ofArrow(Schema, String)}, for some columns only. */
  public static StructType ofArrow(Schema schema, List<String> wanted, String name) {
    StructType columns = new StructType();
    for (Field field : schema.getFields()) {
      if (!wanted.contains(field.getName())) {
        continue;
      }
      Schema plain = new Schema(List.of(IpcBatches.normalized(field)));
      try {
        columns = columns.add(ArrowUtils.fromArrowSchema(plain).fields()[0]);
      } catch (RuntimeException e) { // of Spark's own classes
        throw new IllegalArgumentException(
            String.format(
                "%s: Spark has no type for the Arrow column %s; write it as another type, or use"
                    + " a schema without it",
                name, field),
            e);
      }
    }
    return columns;
  }

  private static StructType withSamTypes(StructType struct, List<TagType> types) {
    StructField[] fields = struct.fields();
    for (int i = 0; i < fields.length; i++) {
      String type = types.get(i).toString().substring(3);
      Metadata metadata = new MetadataBuilder().putString(TYPE_KEY, type).build();
      StructField field = fields[i];
      fields[i] = new StructField(field.name(), field.dataType(), field.nullable(), metadata);
    }
    return new StructType(fields);
  }

  /**
   * The options that produce a schema from the user or from {@link #of}: its columns, and its tags
   * with their types.
   *
   * @param options the other options
   * @throws IllegalArgumentException if no BAM can have such a schema
   */
  public static ConvertOptions resolve(StructType given, ConvertOptions options) {
    List<String> names = new ArrayList<>(Arrays.asList(given.fieldNames()));
    boolean tags = names.remove(TAGS);
    boolean others = names.remove(OTHER_TAGS);
    TagOptions tagOptions = options.tags();
    OtherTags other =
        tagOptions.other() == OtherTags.NONE ? OtherTags.OVERFLOW : tagOptions.other();
    ColumnOptions columns = options.columns();
    ConvertOptions resolved =
        options
            .withColumns(columns.withNames(known(names, columns)))
            .withTags(
                tagOptions
                    .withListed(tags ? types(given.apply(TAGS), tagOptions.listed()) : List.of())
                    .withMode(tags ? TagsMode.LIST : TagsMode.NONE)
                    .withOther(others ? other : OtherTags.NONE)
                    .withProjection(TagProjection.ALL));
    StructType possible = of(resolved);
    for (StructField field : given.fields()) {
      requireType(field, possible.apply(field.name()).dataType());
    }
    return resolved;
  }

  /** Whether a schema has tags with SAM types, as only the inferred schema of BAMs has. */
  public static boolean isOfBams(StructType schema) {
    return Arrays.asList(schema.fieldNames()).contains(TAGS)
        && schema.apply(TAGS).dataType() instanceof StructType tags
        && Arrays.stream(tags.fields()).anyMatch(tag -> tag.metadata().contains(TYPE_KEY));
  }

  private static List<String> known(List<String> names, ColumnOptions columns) {
    List<String> all = new ArrayList<>();
    all.addAll(
        columns.profile() == ColumnProfile.STANDARD ? ColumnOptions.CORE : ColumnOptions.ROGTK);
    all.addAll(columns.profile() == ColumnProfile.STANDARD ? ColumnOptions.ON_DEMAND : List.of());
    for (String name : names) {
      if (!all.contains(name)) {
        throw new IllegalArgumentException(
            String.format(
                "the schema has a column '%s', which does not exist in BAMs; did you mean %s?",
                name, ClosestName.ofAnyCase(name, all)));
      }
    }
    return names;
  }

  private static void requireType(StructField given, DataType possible) {
    String type = given.dataType().catalogString().replace(DEFAULT_COLLATION, "");
    if (!type.equals(possible.catalogString())) {
      throw new IllegalArgumentException(
          String.format(
              "the schema gives column '%s' as %s, but it can only be read as %s",
              given.name(), given.dataType().catalogString(), possible.catalogString()));
    }
  }

  private static List<TagType> types(StructField tags, List<TagType> listed) {
    if (!(tags.dataType() instanceof StructType struct)) {
      throw new IllegalArgumentException(
          "the schema gives column 'tags' as "
              + tags.dataType().catalogString()
              + ", which is not a struct");
    }
    return Arrays.stream(struct.fields()).map(field -> type(field, listed)).toList();
  }

  private static TagType type(StructField field, List<TagType> listed) {
    if (field.metadata().contains(TYPE_KEY)) {
      return TagType.parse(field.name() + ":" + field.metadata().getString(TYPE_KEY));
    }
    return listed.stream()
        .filter(type -> type.tag().equals(field.name()))
        .findFirst()
        .orElseGet(() -> TagType.parse(field.name() + ":" + usual(field.dataType())));
  }

  /** The most likely SAM type of a Spark type; if it does not fit, {@link #resolve} fails. */
  private static String usual(DataType type) {
    if (type instanceof ArrayType list) {
      DataType element = list.elementType();
      return "B:"
          + (element.equals(DataTypes.ByteType)
              ? "c"
              : element.equals(DataTypes.ShortType)
                  ? "s"
                  : element.equals(DataTypes.LongType)
                      ? "I"
                      : element.equals(DataTypes.FloatType) ? "f" : "i");
    }
    return type.equals(DataTypes.StringType) ? "Z" : type.equals(DataTypes.FloatType) ? "f" : "i";
  }
}
