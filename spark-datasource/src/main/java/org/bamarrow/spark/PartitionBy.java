package org.bamarrow.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.spark.files.TableFiles;

/** The partition columns that {@code partitionBy} or {@code PARTITIONED BY} names. */
final class PartitionBy {
  private PartitionBy() {}

  /**
   * The names of the columns.
   *
   * @throws IllegalArgumentException if it is not a list of columns
   */
  static List<String> columns(Transform[] partitioning) {
    List<String> names = new ArrayList<>();
    for (Transform transform : partitioning) {
      if (!transform.name().equals("identity")
          || transform.references()[0].fieldNames().length > 1) {
        throw new IllegalArgumentException(
            "bamarrow partitions by columns only, not by "
                + transform
                + "; add a column with its value, and partition by that");
      }
      names.add(transform.references()[0].fieldNames()[0]);
    }
    return names;
  }

  /**
   * The names as the schema or the files have them.
   *
   * @throws IllegalArgumentException if there is no such column
   */
  static List<String> resolved(StructType schema, List<String> names, TableFiles files) {
    List<String> resolved = new ArrayList<>();
    for (String name : names) {
      StructField column = column(schema, name, files);
      if (column == null) {
        throw new IllegalArgumentException(
            String.format("there is no column '%s' to partition by: %s", name, schema.toDDL()));
      }
      resolved.add(column.name());
    }
    return resolved;
  }

  private static StructField column(StructType schema, String name, TableFiles files) {
    return Arrays.stream(schema.fields())
        .filter(field -> isSame(field.name(), name, files))
        .findFirst()
        .orElseGet(() -> files.partitionColumn(name));
  }

  /**
   * The columns of a table, of which the partition columns are the last, unless they replace
   * columns of the files.
   */
  static StructType last(StructType schema, List<String> names, TableFiles files) {
    List<String> last = names.stream().filter(name -> !isInFiles(name, files)).toList();
    StructType columns = new StructType();
    for (StructField field : schema.fields()) {
      columns = last.contains(field.name()) ? columns : columns.add(field);
    }
    for (String name : last) {
      columns = columns.add(column(schema, name, files));
    }
    return columns;
  }

  private static boolean isInFiles(String name, TableFiles files) {
    return files.location().hasPath()
        && !BamArrowSource.isBroken(files)
        && files.holdsArrow()
        && files.partitionColumn(name) != null
        && files.arrowSchemas().stream()
            .flatMap(each -> each.schema().getFields().stream())
            .anyMatch(field -> isSame(field.getName(), name, files));
  }

  private static boolean isSame(String one, String other, TableFiles files) {
    return files.isCaseSensitive() ? one.equals(other) : one.equalsIgnoreCase(other);
  }
}
