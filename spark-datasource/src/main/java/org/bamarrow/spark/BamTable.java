package org.bamarrow.spark;

import java.util.Arrays;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
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
final class BamTable extends FilesTable implements SupportsMetadataColumns, SupportsWrite {
  private final StructType schema;
  private final ConvertOptions convert;

  /**
   * @param given the schema: inferred, from a catalog, or from the user
   */
  BamTable(TableFiles files, StructType given) {
    super(files);
    if (isRecords()) {
      convert = SparkSchema.resolve(given, files.convert());
      StructType possible = SparkSchema.of(convert);
      schema =
          new StructType(
              Arrays.stream(given.fieldNames()).map(possible::apply).toArray(StructField[]::new));
    } else {
      convert = files.convert();
      schema = HeaderTable.of(files.options().table()).select(given);
    }
  }

  private boolean isRecords() {
    return files.options().table() == SourceTable.RECORDS;
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
        TableCapability.BATCH_WRITE,
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
    return isRecords() ? RecordMetadata.ALL.toArray(MetadataColumn[]::new) : new MetadataColumn[0];
  }

  /**
   * @param more the options of the table, or other ones for this scan only
   */
  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap more) {
    TableFiles merged = files.with(more);
    if (merged != files) {
      return SparkErrors.whenReading(
          merged, () -> new BamTable(merged, schema).newScanBuilder(more));
    }
    return isRecords()
        ? new BamScanBuilder(files, schema, convert)
        : new HeaderScanBuilder(files, HeaderTable.of(files.options().table()), schema);
  }
}
