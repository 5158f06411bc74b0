package org.bamarrow.spark.write;

import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.spark.compat.SparkMethods;

/** Arrow schemas of rows. */
final class ArrowSchemas {
  private ArrowSchemas() {}

  /**
   * The schema that Spark's own Arrow writer uses. Obtained from a writer, because the methods of
   * {@code ArrowUtils} differ between versions.
   *
   * @param timeZone of timestamps with a zone
   * @throws IllegalArgumentException if there is no Arrow type for a column
   */
  static Schema of(StructType rows, String timeZone) {
    try (VectorSchemaRoot root = SparkMethods.arrowWriter(rows, timeZone).root()) {
      return root.getSchema();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "Spark cannot write these columns as Arrow: " + e.getMessage(), e);
    }
  }

  /** Whether rows of one schema can be appended to another: only nullability may be stricter. */
  static boolean fits(List<Field> given, List<Field> there) {
    if (given.size() != there.size()) {
      return false;
    }
    for (int i = 0; i < given.size(); i++) {
      Field one = given.get(i);
      Field other = there.get(i);
      boolean same =
          one.getName().equals(other.getName())
              && one.getType().equals(other.getType())
              && (other.isNullable() || !one.isNullable())
              && fits(one.getChildren(), other.getChildren());
      if (!same) {
        return false;
      }
    }
    return true;
  }
}
