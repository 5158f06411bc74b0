package org.bamarrow.spark.write;

import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.SupportsTruncate;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkErrors;

/** Builds a write that appends rows to a directory of parts, or replaces it. */
public final class ArrowWriteBuilder implements SupportsTruncate {
  private final TableFiles files;
  private final StructType rows;
  private boolean append = true;

  /**
   * @param files whose one path is the directory
   * @param rows their types
   */
  public ArrowWriteBuilder(TableFiles files, StructType rows) {
    this.files = files;
    this.rows = rows;
  }

  @Override
  public WriteBuilder truncate() {
    append = false;
    return this;
  }

  @Override
  public Write build() {
    return new Write() {
      @Override
      public String description() {
        return "bamarrow " + files;
      }

      @Override
      public BatchWrite toBatch() {
        return SparkErrors.whenReading(files, () -> new ArrowBatchWrite(files, rows, append));
      }
    };
  }
}
