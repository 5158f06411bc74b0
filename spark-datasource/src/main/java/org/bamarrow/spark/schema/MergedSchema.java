package org.bamarrow.spark.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.spark.files.FileSchema;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkOption;
import org.slf4j.LoggerFactory;

/**
 * The columns of Arrow data, whose files may have different ones: those of the first file, followed
 * by those that only other files have, in the order of their appearance; the fields of a struct in
 * the same way. A column or field that a file lacks is null in its rows. The types must be equal.
 */
public final class MergedSchema {
  /** The columns, or the fields of a struct, of the files that have a certain schema. */
  private record Part(FileSchema of, StructType fields) {}

  /** A column or field of some files. */
  private record Occurrence(FileSchema of, StructField field) {}

  private final TableFiles files;

  private MergedSchema(TableFiles files) {
    this.files = files;
  }

  /**
   * The columns of all files, or those of the first one with {@code mergeSchema=false}.
   *
   * @throws IllegalArgumentException if two files cannot belong to one table, or Spark has no type
   *     for a column
   */
  public static StructType of(TableFiles files) {
    return new MergedSchema(files).merged(null);
  }

  /**
   * Checks a schema that the user gives or a catalog has: each of its columns and fields must be in
   * some file, with the same type. Others may contradict each other.
   *
   * @throws IllegalArgumentException if the files have no such columns
   */
  public static void require(StructType given, TableFiles files) {
    StructType there = new MergedSchema(files).merged(given);
    requireIn(there, given, "");
  }

  private StructType merged(StructType wanted) {
    requireSameCoordinates();
    List<Part> parts = new ArrayList<>();
    StructType columns = wanted;
    for (FileSchema each : files.arrowSchemas()) {
      StructType own =
          columns == null
              ? SparkSchema.ofArrow(each.schema(), each.name())
              : SparkSchema.ofArrow(
                  each.schema(), Arrays.asList(columns.fieldNames()), each.name());
      if (columns == null && !files.options().flag(SparkOption.MERGE_SCHEMA, true)) {
        columns = own;
      }
      parts.add(new Part(each, own));
    }
    return merge(parts, columns, "");
  }

  private void requireSameCoordinates() {
    FileSchema first = null;
    for (FileSchema each : files.arrowSchemas()) {
      if (each.coordinates() != null) {
        first = first == null ? each : first;
        if (!first.coordinates().equals(each.coordinates())) {
          throw new IllegalArgumentException(
              String.format(
                  "%s has %s coordinates and %s has %s ones; read them as separate tables",
                  first.name(), first.coordinates(), each.name(), each.coordinates()));
        }
      }
    }
  }

  /**
   * @param wanted only these, and of structs only their fields; null: all
   * @param path of the struct, with a dot; empty for columns
   */
  private StructType merge(List<Part> parts, StructType wanted, String path) {
    Map<String, List<Occurrence>> byName = new LinkedHashMap<>();
    for (Part part : parts) {
      for (StructField field : part.fields.fields()) {
        if (wanted == null || wanted.getFieldIndex(field.name()).isDefined()) {
          byName
              .computeIfAbsent(field.name(), name -> new ArrayList<>())
              .add(new Occurrence(part.of, field));
        }
      }
    }
    if (path.equals(SparkSchema.TAGS + ".") && wanted == null && !files.isCaseSensitive()) {
      dropCaseVariants(byName);
    }
    StructType merged = new StructType();
    for (Map.Entry<String, List<Occurrence>> entry : byName.entrySet()) {
      List<Occurrence> all = entry.getValue();
      boolean nullable =
          all.size() < parts.size() || all.stream().anyMatch(each -> each.field.nullable());
      DataType type = type(all, wanted, path + entry.getKey());
      Metadata metadata = all.get(0).field.metadata();
      boolean same = all.stream().allMatch(each -> each.field.metadata().equals(metadata));
      merged = merged.add(entry.getKey(), type, nullable, same ? metadata : Metadata.empty());
    }
    return merged;
  }

  private DataType type(List<Occurrence> all, StructType wanted, String name) {
    DataType first = all.get(0).field.dataType();
    if (all.stream().allMatch(each -> each.field.dataType() instanceof StructType)) {
      StructType fields =
          wanted != null
                  && wanted.apply(all.get(0).field.name()).dataType() instanceof StructType of
              ? of
              : null;
      List<Part> parts =
          all.stream().map(each -> new Part(each.of, (StructType) each.field.dataType())).toList();
      return merge(parts, fields, name + ".");
    }
    boolean equal = true;
    for (Occurrence each : all) {
      if (!each.field.dataType().sameType(first)) {
        throw contradiction(name, all.get(0), each);
      }
      equal &= each.field.dataType().equals(first);
    }
    return equal ? first : first.asNullable();
  }

  private static IllegalArgumentException contradiction(
      String name, Occurrence one, Occurrence other) {
    String tags = SparkSchema.TAGS + ".";
    String again =
        name.startsWith(tags)
            ? String.format(
                ", or convert the BAMs again with one type for this tag, such as tags=%s:Z",
                name.substring(tags.length()))
            : "";
    return new IllegalArgumentException(
        String.format(
            "column %s is %s in %s and %s in %s; read them as separate tables, or with a schema"
                + " without it%s",
            name,
            one.field.dataType().catalogString(),
            one.of.name(),
            other.field.dataType().catalogString(),
            other.of.name(),
            again));
  }

  /** Of tags that differ only in case, keeps the one in more files. */
  private void dropCaseVariants(Map<String, List<Occurrence>> byName) {
    Map<String, String> kept = new LinkedHashMap<>();
    for (String name : byName.keySet()) {
      kept.merge(
          name.toLowerCase(Locale.ROOT),
          name,
          (a, b) -> count(byName.get(b)) > count(byName.get(a)) ? b : a);
    }
    List<String> dropped =
        byName.keySet().stream().filter(name -> !kept.containsValue(name)).toList();
    if (!dropped.isEmpty()) {
      byName.keySet().removeAll(dropped);
      LoggerFactory.getLogger(MergedSchema.class)
          .warn(
              "{}: the tags {} are not read, because tags in more files differ only in case; set"
                  + " spark.sql.caseSensitive=true to get columns for them",
              files,
              dropped);
    }
  }

  private static long count(List<Occurrence> all) {
    return all.stream().mapToLong(each -> each.of.files()).sum();
  }

  private static void requireIn(StructType there, StructType given, String path) {
    for (StructField field : given.fields()) {
      if (!there.getFieldIndex(field.name()).isDefined()) {
        throw new IllegalArgumentException(
            String.format(
                "the given schema has a column %s%s, but the files have none", path, field.name()));
      }
      DataType type = there.apply(field.name()).dataType();
      if (type instanceof StructType found && field.dataType() instanceof StructType fields) {
        requireIn(found, fields, path + field.name() + ".");
      } else if (!type.sameType(field.dataType())) {
        throw new IllegalArgumentException(
            String.format(
                "the given schema has %s%s, but the files have %s",
                path, field.toDDL(), there.apply(field.name()).toDDL()));
      }
    }
  }
}
