package org.bamarrow.spark;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.bamarrow.spark.files.TableFiles;

/**
 * BAMs with columns that BAMs do not have. Any use is an error, but only once Spark asks for the
 * columns: the save mode {@code ignore} does nothing where there is data, whatever the columns are.
 */
final class MisfitTable extends FilesTable implements SupportsWrite {
  private final WriteRoute route;
  private final RuntimeException problem;

  MisfitTable(TableFiles files, WriteRoute route, RuntimeException problem) {
    super(files);
    this.route = route;
    this.problem = problem;
  }

  @Override
  List<String> partitionedBy() {
    return List.of();
  }

  @Override
  public MetadataColumn[] metadataColumns() {
    return new MetadataColumn[0];
  }

  @Override
  StructType rows() {
    throw problem;
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ, route.capability, TableCapability.TRUNCATE);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    throw problem;
  }

  @Override
  public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
    throw problem;
  }
}
