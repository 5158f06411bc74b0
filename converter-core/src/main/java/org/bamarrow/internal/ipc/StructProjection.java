package org.bamarrow.internal.ipc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Structs of which only some fields are read, at any depth. */
final class StructProjection {
  private StructProjection() {}

  /**
   * The part of a column that is read: of structs, the fields that another struct names, in the
   * order of the file.
   *
   * @param column of a file
   * @param wanted the same column with fewer fields in its structs; other types and fields that the
   *     file lacks have no effect
   * @return the whole column if the part needs another type ({@link NormalizedFields}), or a name
   *     is ambiguous
   */
  static Field of(Field column, Field wanted) {
    Field part = part(column, wanted);
    return NormalizedFields.isNormalized(part) ? part : column;
  }

  private static Field part(Field field, Field wanted) {
    if (!isStruct(field) || !isStruct(wanted) || hasDuplicates(field)) {
      return field;
    }
    List<Field> children = new ArrayList<>();
    for (Field child : field.getChildren()) {
      Field like = named(child.getName(), wanted);
      if (like != null) {
        children.add(part(child, like));
      }
    }
    return new Field(field.getName(), field.getFieldType(), children);
  }

  private static boolean isStruct(Field field) {
    return field.getType() instanceof ArrowType.Struct && field.getDictionary() == null;
  }

  private static boolean hasDuplicates(Field struct) {
    HashSet<String> names = new HashSet<>();
    return !struct.getChildren().stream().allMatch(child -> names.add(child.getName()));
  }

  /**
   * The part of a child of a field that is read.
   *
   * @param child 0-based index in {@code field}
   * @param part the part of {@code field} that is read, or null
   * @return null if the child is not read
   */
  static Field child(Field field, int child, Field part) {
    if (part == null) {
      return null;
    }
    return part.getChildren().size() == field.getChildren().size()
        ? part.getChildren().get(child)
        : named(field.getChildren().get(child).getName(), part);
  }

  private static Field named(String name, Field struct) {
    for (Field child : struct.getChildren()) {
      if (child.getName().equals(name)) {
        return child;
      }
    }
    return null;
  }
}
