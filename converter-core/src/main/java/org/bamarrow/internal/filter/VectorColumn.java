package org.bamarrow.internal.filter;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A column of record batches, or a field of a struct column, of which it is null where the struct
 * is. A column that the batches lack is null in all rows. For one thread.
 */
class VectorColumn {
  /** The name of the top-level column. */
  final String name;

  private final String field; // of the struct, or null
  private ArrowBuf validity; // null: all values are null
  private ArrowBuf structValidity; // null: no struct

  /**
   * @param column a column of predicates
   */
  VectorColumn(RawField column) {
    this(column.topLevel(), column.child());
  }

  /**
   * @param field a field of the struct {@code name}; null: the column itself
   */
  VectorColumn(String name, String field) {
    this.name = name;
    this.field = field;
  }

  /** Whether batches with these fields have this column. */
  final boolean isIn(List<Field> fields) {
    Field column = find(fields, name);
    return column != null && (field == null || find(column.getChildren(), field) != null);
  }

  /** The first field of a name; null without one. */
  static Field find(List<Field> fields, String name) {
    for (Field field : fields) {
      if (name.equals(field.getName())) {
        return field;
      }
    }
    return null;
  }

  private static FieldVector vector(List<FieldVector> batch, String name) {
    for (FieldVector vector : batch) {
      if (name.equals(vector.getName())) {
        return vector;
      }
    }
    return null;
  }

  /** Moves to a batch, whose vectors must not change before the next one. */
  final void bind(List<FieldVector> batch) {
    FieldVector vector = vector(batch, name);
    structValidity = null;
    if (field != null && vector != null) {
      if (!(vector instanceof StructVector struct)) {
        throw unexpected(vector, "a struct");
      }
      structValidity = struct.getValidityBuffer();
      vector = struct.getChild(field, FieldVector.class);
    }
    if (vector == null || vector instanceof NullVector) {
      validity = null;
    } else {
      validity = vector.getValidityBuffer();
      values(vector);
    }
  }

  /** Moves to the values of a batch; does nothing where only nulls matter. */
  void values(FieldVector vector) {}

  /** Of rows {@code 64 * word} to {@code 64 * word + 63} those that are not null. */
  final long valid(int word) {
    if (validity == null) {
      return 0;
    }
    return structValidity == null
        ? bits(validity, word)
        : bits(validity, word) & bits(structValidity, word);
  }

  /** Whether the value of a row is not null. */
  final boolean isValid(int row) {
    return validity != null
        && isSet(validity, row)
        && (structValidity == null || isSet(structValidity, row));
  }

  private static boolean isSet(ArrowBuf bitmap, int row) {
    return (bitmap.getByte(row >> 3) >> (row & 7) & 1) != 0;
  }

  private static long bits(ArrowBuf bitmap, int word) {
    long at = 8L * word;
    if (at + 8 <= bitmap.capacity()) {
      return bitmap.getLong(at);
    }
    long bits = 0;
    for (int shift = 0; at < bitmap.capacity(); at++, shift += 8) {
      bits |= (bitmap.getByte(at) & 0xffL) << shift;
    }
    return bits;
  }

  /**
   * Called before rows of a batch are read.
   *
   * @param lastRow the last of them
   */
  void start(int lastRow) {}

  /** The error for a column that cannot have been written by bamarrow. */
  final IllegalArgumentException unexpected(FieldVector vector, String wanted) {
    return new IllegalArgumentException(
        String.format(
            "column %s is of type %s, not %s", this, vector.getField().getType(), wanted));
  }

  @Override
  public String toString() {
    return field == null ? name : name + "." + field;
  }
}
