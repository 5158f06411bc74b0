package org.bamarrow.spark.read;

import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;

/** A struct with the fields of the table, by their names; those that the file lacks are null. */
final class ProjectedStruct extends ReaderOwnedColumn {
  private final ColumnVector[] fields;

  /** Whether a struct has other fields than the type, or another order, at any depth. */
  static boolean isNeeded(ValueVector vector, StructType type) {
    if (!(vector instanceof StructVector struct)) {
      return false;
    }
    List<FieldVector> children = struct.getChildrenFromFields();
    if (children.size() != type.size()) {
      return true;
    }
    for (int i = 0; i < children.size(); i++) {
      StructField field = type.fields()[i];
      if (!children.get(i).getName().equals(field.name())
          || field.dataType() instanceof StructType inner && isNeeded(children.get(i), inner)) {
        return true;
      }
    }
    return false;
  }

  ProjectedStruct(StructVector struct, StructType type) {
    super(new ArrowColumnVector(struct), type);
    fields = new ColumnVector[type.size()];
    for (int i = 0; i < fields.length; i++) {
      StructField field = type.fields()[i];
      fields[i] =
          struct.getChildrenFromFields().stream()
              .filter(child -> child.getName().equals(field.name()))
              .findFirst()
              .map(child -> ReaderOwnedColumn.of(child, field.dataType()))
              .orElseGet(() -> ofNulls(field.dataType(), struct.getValueCount()));
    }
  }

  @Override
  public ColumnVector getChild(int ordinal) {
    return fields[ordinal];
  }
}
