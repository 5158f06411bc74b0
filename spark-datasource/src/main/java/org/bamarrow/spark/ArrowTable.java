package org.bamarrow.spark;

import java.io.IOException;
import java.util.EnumSet;
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
import org.bamarrow.spark.files.ContentKind;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkErrors;
import org.bamarrow.spark.options.SparkOption;
import org.bamarrow.spark.read.ArrowScanBuilder;
import org.bamarrow.spark.schema.MergedSchema;
import org.bamarrow.spark.schema.RecordMetadata;
import org.bamarrow.spark.schema.SparkSchema;
import org.bamarrow.spark.write.ArrowWriteBuilder;

/** A table of Arrow data, or of a directory that Arrow data can be written to. Immutable. */
final class ArrowTable extends FilesTable implements SupportsWrite {
  /** The options that apply to Arrow data. */
  private static final Set<SparkOption> OPTIONS =
      EnumSet.of(
          SparkOption.PATH,
          SparkOption.PATHS,
          SparkOption.RECURSIVE_FILE_LOOKUP,
          SparkOption.BASE_PATH,
          SparkOption.PATH_GLOB_FILTER,
          SparkOption.MODIFIED_AFTER,
          SparkOption.MODIFIED_BEFORE,
          SparkOption.TIME_ZONE,
          SparkOption.IGNORE_CORRUPT_FILES,
          SparkOption.MERGE_SCHEMA,
          SparkOption.REQUIRE_MANIFEST,
          SparkOption.TABLE,
          SparkOption.PUSHDOWN,
          SparkOption.SPLITTING,
          SparkOption.SPLIT_BYTES,
          SparkOption.SPLITS,
          SparkOption.MAX_PARTITION_BYTES,
          SparkOption.OPEN_COST_IN_BYTES,
          SparkOption.READ_AHEAD_BYTES,
          SparkOption.COMPRESSION,
          SparkOption.BATCH_ROWS,
          SparkOption.BATCH_BYTES,
          SparkOption.ROWS_PER_PART,
          SparkOption.BYTES_PER_PART);

  private final StructType schema;
  private final List<String> partitionedBy;
  private final WriteRoute route;

  /**
   * @param schema of the rows to read or to write
   * @param partitionedBy names of the partition columns; if the schema does not have them, the
   *     files have
   */
  ArrowTable(TableFiles files, StructType schema, List<String> partitionedBy, WriteRoute route) {
    super(files);
    this.partitionedBy = PartitionBy.resolved(schema, partitionedBy, files);
    this.schema = PartitionBy.last(schema, this.partitionedBy, files);
    this.route = route;
  }

  @Override
  List<String> partitionedBy() {
    return partitionedBy;
  }

  /** Rejects options that only apply to BAMs. */
  static void requireOptions(TableFiles files) {
    requireOptions(files, EnumSet.noneOf(SparkOption.class));
  }

  /**
   * As {@link #requireOptions(TableFiles)}, with options that apply to one kind of table.
   *
   * @param more changed
   */
  static void requireOptions(TableFiles files, EnumSet<SparkOption> more) {
    more.addAll(OPTIONS);
    files.options().requireOnly(more, files + " holds no BAMs");
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
        TableCapability.TRUNCATE);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap more) {
    TableFiles merged = files.with(more);
    return SparkErrors.whenReading(
        merged,
        () ->
            (merged == files ? this : new ArrowTable(merged, schema, partitionedBy, route))
                .scanBuilder());
  }

  /** In it BAMs may arrive; false for a broken manifest. */
  private boolean isEmptyFolder() {
    return !BamArrowSource.isBroken(files) && files.kind() == ContentKind.NOTHING;
  }

  /** All; a scan fails if the files do not have what it needs for those that it reads. */
  @Override
  public MetadataColumn[] metadataColumns() {
    return RecordMetadata.ALL.toArray(MetadataColumn[]::new);
  }

  private ScanBuilder scanBuilder() throws IOException {
    if (isNew()) {
      requireOptions(files);
      return new EmptyScanBuilder(schema);
    }
    if (isEmptyFolder()) {
      return () -> new EmptyFolderScan(files, schema);
    }
    requireOptions(files);
    TableFiles typed = files.withPartitionTypes(schema);
    if (typed.kind() == ContentKind.ARROW) {
      MergedSchema.require(typed.withoutPartitionColumns(schema), typed);
    }
    return new ArrowScanBuilder(typed, schema);
  }

  /**
   * Whether this is a table of a catalog to which nothing has been written yet. The columns of a
   * table of BAMs were inferred from files: if these are gone, that is an error.
   */
  private boolean isNew() throws IOException {
    return files.location().ofCatalog()
        && !SparkSchema.isOfBams(schema)
        && files.location().isVacant();
  }

  @Override
  public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
    TableFiles merged = files.with(info.options());
    requireOptions(merged);
    if (merged.options().has(SparkOption.TABLE)) {
      throw new IllegalArgumentException("option table is for reading only");
    }
    return route == WriteRoute.V1
        ? new V1WriteBuilder(merged.given(), partitioning())
        : new ArrowWriteBuilder(merged, info.schema(), partitionedBy);
  }
}
