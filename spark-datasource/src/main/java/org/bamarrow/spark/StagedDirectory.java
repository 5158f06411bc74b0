package org.bamarrow.spark;

import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.SupportsTruncate;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructType;

/**
 * A directory that is being created or replaced. The write that Spark runs on it commits its rows
 * by itself, or leaves nothing; without one, the table has no rows. For one thread, that of the
 * driver.
 */
final class StagedDirectory implements StagedTable, SupportsWrite {
  private final Table table;
  private final boolean replace;
  private final Runnable writeNothing;
  private boolean written;

  /**
   * @param table whose writes truncate and append
   * @param replace whether existing rows are replaced
   * @param writeNothing creates the table without rows
   */
  StagedDirectory(Table table, boolean replace, Runnable writeNothing) {
    this.table = table;
    this.replace = replace;
    this.writeNothing = writeNothing;
  }

  @Override
  public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
    written = true;
    WriteBuilder builder = ((SupportsWrite) table).newWriteBuilder(info);
    return replace ? ((SupportsTruncate) builder).truncate() : builder;
  }

  @Override
  public void commitStagedChanges() {
    if (!written) {
      writeNothing.run();
    }
  }

  /** Nothing to do: the write has deleted its files. */
  @Override
  public void abortStagedChanges() {}

  @Override
  public String name() {
    return table.name();
  }

  @Override
  public Column[] columns() {
    return table.columns();
  }

  /** Called by Spark 4.0 instead of {@link #columns}. */
  @Override
  @SuppressWarnings("deprecation")
  public StructType schema() {
    return table.schema();
  }

  @Override
  public Transform[] partitioning() {
    return table.partitioning();
  }

  @Override
  public Map<String, String> properties() {
    return table.properties();
  }

  @Override
  public Set<TableCapability> capabilities() {
    return table.capabilities();
  }
}
