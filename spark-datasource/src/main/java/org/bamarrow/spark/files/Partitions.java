package org.bamarrow.spark.files;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;
import org.bamarrow.parts.PartStore;
import org.bamarrow.spark.compat.SparkMethods;

/**
 * The partition columns of files, and their values, by the names of folders such as {@code
 * sample=NA12878}. Spark's own code infers them, as it does for its file sources.
 *
 * @param columns in the order of the folders
 * @param values of the files in a folder, in Spark's internal types
 */
record Partitions(StructType columns, Map<Path, List<Object>> values) {
  static final Partitions NONE = new Partitions(new StructType(), Map.of());

  /** The values for a file, without values if there are no partition columns. */
  List<Object> of(FileStatus file) {
    return values.getOrDefault(file.getPath().getParent(), List.of());
  }

  /**
   * The columns of the files of a table.
   *
   * @param types of some columns; the others are declared in a manifest or inferred
   */
  static Partitions of(TableContents contents, StructType types, Configuration settings) {
    StructType declared = types;
    StructType ofManifest = new StructType();
    String zone = settings.get("spark.sql.session.timeZone", "UTC");
    for (Field field : contents.partitionSchema().getFields()) {
      StructField column = ArrowUtils.fromArrowSchema(new Schema(List.of(field))).apply(0);
      StructField own = find(types, column.name(), isCaseSensitive(settings));
      declared = own == null ? declared.add(column) : declared;
      ofManifest = ofManifest.add(own == null ? column : own);
      if (field.getType() instanceof ArrowType.Timestamp time && time.getTimezone() != null) {
        zone = time.getTimezone();
      }
    }
    Partitions found =
        contents.files().isEmpty()
            ? new Partitions(ofManifest, Map.of())
            : infer(contents.files(), contents.bases(), declared, zone, settings);
    if (!ofManifest.isEmpty() && !names(found.columns).equals(names(ofManifest))) {
      throw new IllegalArgumentException(
          String.format(
              "the folders have the partition columns %s, but the manifest has %s",
              names(found.columns), names(ofManifest)));
    }
    return found;
  }

  private static List<String> names(StructType columns) {
    return List.of(columns.fieldNames());
  }

  /**
   * Infers the columns.
   *
   * @param bases the folders below which folder names are values
   * @param declared types of some or all columns, which are not inferred
   * @param zone of timestamps
   * @throws IllegalArgumentException if the folders contradict each other, or a value does not have
   *     the declared type
   */
  private static Partitions infer(
      List<FileStatus> files,
      Set<Path> bases,
      StructType declared,
      String zone,
      Configuration settings) {
    Set<Path> folders = new LinkedHashSet<>();
    files.forEach(file -> folders.add(file.getPath().getParent()));
    if (folders.stream().noneMatch(folder -> hasValue(folder, bases))) {
      return NONE;
    }
    boolean caseSensitive = isCaseSensitive(settings);
    Map<Path, List<Object>> values = new HashMap<>();
    StructType columns =
        SparkMethods.partitions(
            List.copyOf(folders),
            List.copyOf(bases),
            settings.getBoolean("spark.sql.sources.partitionColumnTypeInference.enabled", true),
            declared,
            caseSensitive,
            zone,
            (folder, row) -> values.put(folder, row));
    for (FileStatus file : files) {
      if (!values.containsKey(file.getPath().getParent())) {
        throw new IllegalArgumentException(
            String.format(
                "%s is not in a folder for the partition columns (%s), but other files are; read"
                    + " them as separate tables",
                file.getPath(), String.join(", ", columns.fieldNames())));
      }
    }
    return new Partitions(named(columns, declared, caseSensitive), values);
  }

  private static boolean hasValue(Path folder, Set<Path> bases) {
    for (Path at = folder; at != null && !bases.contains(at); at = at.getParent()) {
      if (PartStore.isPartitionFolder(at.getName())) {
        return true;
      }
    }
    return false;
  }

  /** The columns with the names of the schema that types them. */
  private static StructType named(StructType columns, StructType declared, boolean caseSensitive) {
    StructType named = new StructType();
    for (StructField column : columns.fields()) {
      StructField own = find(declared, column.name(), caseSensitive);
      named = named.add(own == null ? column.name() : own.name(), column.dataType(), true);
    }
    return named;
  }

  /** The column of a name, or null. */
  static StructField find(StructType columns, String name, boolean caseSensitive) {
    return Arrays.stream(columns.fields())
        .filter(
            column ->
                caseSensitive ? column.name().equals(name) : column.name().equalsIgnoreCase(name))
        .findFirst()
        .orElse(null);
  }

  static boolean isCaseSensitive(Configuration settings) {
    return settings.getBoolean("spark.sql.caseSensitive", false);
  }
}
