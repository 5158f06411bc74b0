package org.bamarrow.spark;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SourceTable;
import org.bamarrow.spark.options.SparkErrors;
import org.bamarrow.spark.read.BamScanBuilder;
import org.bamarrow.spark.read.HeaderScanBuilder;
import org.bamarrow.spark.schema.HeaderTable;
import org.bamarrow.spark.schema.RecordMetadata;
import org.bamarrow.spark.schema.SparkSchema;

/** A table of the records of BAMs, or of their headers. Immutable. */
final class BamTable extends FilesTable implements SupportsWrite {
  private final StructType schema;
  private final ConvertOptions convert;
  private final WriteRoute route;

  /**
   * @param given the schema: inferred, from a catalog, or from the user; partition columns that it
   *     does not have are added
   */
  BamTable(TableFiles files, StructType given, WriteRoute route) {
    super(isRecords(files) ? files.withPartitionTypes(given) : files);
    this.route = route;
    if (isRecords(files)) {
      convert = SparkSchema.resolve(this.files.withoutPartitionColumns(given), files.convert());
      StructType possible = SparkSchema.of(convert);
      StructType columns = new StructType();
      for (StructField field : given.fields()) {
        StructField partition = this.files.partitionColumn(field.name());
        if (partition == null) {
          columns = columns.add(possible.apply(field.name()));
        } else if (ColumnOptions.CORE.contains(field.name())) { // which it replaces
          columns = columns.add(partition);
        }
      }
      schema = this.files.withPartitionColumns(columns);
    } else {
      convert = files.convert();
      schema = HeaderTable.of(files.options().table()).select(given);
    }
  }

  private static boolean isRecords(TableFiles files) {
    return files.options().table() == SourceTable.RECORDS;
  }

  @Override
  List<String> partitionedBy() {
    return isRecords(files) ? List.of(files.partitionColumns().fieldNames()) : List.of();
  }

  @Override
  StructType rows() {
    return schema;
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(
        TableCapability.BATCH_READ,
        TableCapability.MICRO_BATCH_READ,
        route.capability,
        TableCapability.TRUNCATE,
        TableCapability.ACCEPT_ANY_SCHEMA);
  }

  /**
   * Always throws: the write capabilities are declared only for a clearer message than Spark's.
   *
   * @throws IllegalArgumentException always
   */
  @Override
  public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
    throw new IllegalArgumentException(
        files
            + " holds BAMs; bamarrow writes Arrow files, and not among BAMs: name another"
            + " directory");
  }

  @Override
  public MetadataColumn[] metadataColumns() {
    return isRecords(files)
        ? RecordMetadata.ALL.toArray(MetadataColumn[]::new)
        : new MetadataColumn[0];
  }

  /**
   * @param more the options of the table, or other ones for this scan only
   */
  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap more) {
    TableFiles merged = files.with(more);
    if (merged != files) {
      return SparkErrors.whenReading(
          merged, () -> new BamTable(merged, schema, route).newScanBuilder(more));
    }
    return isRecords(files)
        ? new BamScanBuilder(files, schema, convert)
        : new HeaderScanBuilder(files, HeaderTable.of(files.options().table()), schema);
  }
}
