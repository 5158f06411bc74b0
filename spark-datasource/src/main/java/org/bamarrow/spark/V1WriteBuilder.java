package org.bamarrow.spark;

import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.write.SupportsTruncate;
import org.apache.spark.sql.connector.write.V1Write;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.sources.InsertableRelation;
import org.bamarrow.spark.schema.Columns;

/** Builds a write of SQL's {@code INSERT} that runs as a write to {@link DirectSource}. */
final class V1WriteBuilder implements SupportsTruncate {
  private final Map<String, String> options;
  private final String[] partitionColumns;
  private SaveMode mode = SaveMode.Append;

  /**
   * @param options of the table and of the write
   * @param partitioning of the table
   */
  V1WriteBuilder(Map<String, String> options, Transform[] partitioning) {
    this.options = options;
    partitionColumns = columns(partitioning);
  }

  /** The columns as {@code partitionBy} takes them. */
  static String[] columns(Transform[] partitioning) {
    return Arrays.stream(partitioning)
        .map(transform -> Columns.quoted(transform.references()[0].fieldNames()[0]))
        .toArray(String[]::new);
  }

  @Override
  public WriteBuilder truncate() {
    mode = SaveMode.Overwrite;
    return this;
  }

  /** Spark passes {@code overwrite} as false even after {@link #truncate}. */
  @Override
  public V1Write build() {
    return new V1Write() {
      @Override
      public InsertableRelation toInsertableRelation() {
        return (rows, overwrite) -> DirectSource.write(rows, mode, options, partitionColumns);
      }
    };
  }
}
