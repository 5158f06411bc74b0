package org.bamarrow.spark;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.LocalScan;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructType;

/** Reads a table of a catalog to which nothing has been written yet. */
final class EmptyScanBuilder implements SupportsPushDownRequiredColumns {
  private StructType columns;

  EmptyScanBuilder(StructType columns) {
    this.columns = columns;
  }

  @Override
  public void pruneColumns(StructType required) {
    columns = required;
  }

  @Override
  public Scan build() {
    StructType read = columns;
    return new LocalScan() {
      @Override
      public InternalRow[] rows() {
        return new InternalRow[0];
      }

      @Override
      public StructType readSchema() {
        return read;
      }
    };
  }
}
