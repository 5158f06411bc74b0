package org.bamarrow.spark.read;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Which fields of structs a scan of Arrow data reads. */
final class StructFields {
  private StructFields() {}

  /**
   * The type of a column that a scan returns: of structs, at any depth, the fields that Spark
   * requires. Structs in lists and maps keep all of their fields.
   */
  static DataType pruned(DataType whole, DataType required) {
    if (!(whole instanceof StructType all && required instanceof StructType some)) {
      return whole;
    }
    StructType pruned = new StructType();
    for (StructField field : some.fields()) {
      StructField own = all.apply(field.name());
      pruned =
          pruned.add(
              own.name(), pruned(own.dataType(), field.dataType()), own.nullable(), own.metadata());
    }
    return pruned;
  }

  /**
   * The part of a column of a file that is read.
   *
   * @param type of the column in Spark
   * @param conditions columns that are evaluated before Spark, fields of structs as {@code tags.NM}
   */
  static Field read(Field column, DataType type, List<String> conditions) {
    return part(column, type, conditions, column.getName() + ".");
  }

  /**
   * The columns of a file that are named, of structs with the named fields only.
   *
   * @param names of columns, fields of structs as {@code tags.NM}; those that the file lacks are
   *     ignored
   */
  static List<Field> needed(Schema schema, List<String> names) {
    List<Field> needed = new ArrayList<>();
    for (Field column : schema.getFields()) {
      String name = column.getName();
      if (names.contains(name)) {
        needed.add(column);
      } else if (names.stream().anyMatch(each -> each.startsWith(name + "."))) {
        needed.add(read(column, new StructType(), names));
      }
    }
    return needed;
  }

  private static Field part(Field field, DataType type, List<String> conditions, String path) {
    if (!(type instanceof StructType struct && field.getType() instanceof ArrowType.Struct)) {
      return field;
    }
    List<String> names = List.of(struct.fieldNames());
    List<Field> children = new ArrayList<>();
    for (Field child : field.getChildren()) {
      String name = child.getName();
      if (conditions.contains(path + name)) {
        children.add(child);
      } else if (names.contains(name)) {
        children.add(part(child, struct.apply(name).dataType(), conditions, path + name + "."));
      }
    }
    return new Field(field.getName(), field.getFieldType(), children);
  }
}
