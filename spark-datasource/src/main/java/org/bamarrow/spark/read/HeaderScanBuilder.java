package org.bamarrow.spark.read;

import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.schema.HeaderTable;

/** Builds a scan of headers, with column pruning. For one thread. */
public final class HeaderScanBuilder implements SupportsPushDownRequiredColumns {
  private final TableFiles files;
  private final HeaderTable table;
  private StructType wanted;

  /**
   * @param columns all columns of the table
   */
  public HeaderScanBuilder(TableFiles files, HeaderTable table, StructType columns) {
    this.files = files;
    this.table = table;
    this.wanted = columns;
  }

  @Override
  public void pruneColumns(StructType required) {
    wanted = required;
  }

  @Override
  public Scan build() {
    return new HeaderScan(files, table, wanted);
  }
}
