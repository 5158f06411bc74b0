package org.bamarrow.spark;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkErrors;
import org.bamarrow.spark.options.SparkOption;
import org.bamarrow.spark.read.HeaderScanBuilder;
import org.bamarrow.spark.schema.HeaderTable;

/** A table of the headers of the BAMs from which Arrow data were converted. Immutable. */
final class ArrowHeaderTable extends FilesTable {
  private final StructType schema;

  /**
   * @param given the columns, from a catalog or from the user
   */
  ArrowHeaderTable(TableFiles files, StructType given) {
    super(files);
    ArrowTable.requireOptions(files, EnumSet.of(SparkOption.TEXT_ENCODING));
    this.schema = HeaderTable.of(files.options().table()).select(given);
  }

  @Override
  List<String> partitionedBy() {
    return List.of();
  }

  @Override
  StructType rows() {
    return schema;
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ, TableCapability.MICRO_BATCH_READ);
  }

  @Override
  public MetadataColumn[] metadataColumns() {
    return new MetadataColumn[0];
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap more) {
    TableFiles merged = files.with(more);
    return merged == files
        ? new HeaderScanBuilder(files, HeaderTable.of(files.options().table()), schema)
        : SparkErrors.whenReading(
            merged, () -> new ArrowHeaderTable(merged, schema).newScanBuilder(more));
  }
}
