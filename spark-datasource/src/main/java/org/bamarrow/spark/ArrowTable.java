package org.bamarrow.spark;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
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
          SparkOption.PATH_GLOB_FILTER,
          SparkOption.MODIFIED_AFTER,
          SparkOption.MODIFIED_BEFORE,
          SparkOption.TIME_ZONE,
          SparkOption.IGNORE_CORRUPT_FILES,
          SparkOption.REQUIRE_MANIFEST,
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
  private final WriteRoute route;

  /**
   * @param schema of the rows to read or to write
   */
  ArrowTable(TableFiles files, StructType schema, WriteRoute route) {
    super(files);
    this.schema = schema;
    this.route = route;
  }

  /** Rejects options that only apply to BAMs. */
  static void requireOptions(TableFiles files) {
    files.options().requireOnly(OPTIONS, files + " holds no BAMs");
  }

  @Override
  StructType rows() {
    return schema;
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ, route.capability, TableCapability.TRUNCATE);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap more) {
    TableFiles merged = files.with(more);
    return SparkErrors.whenReading(
        merged,
        () -> (merged == files ? this : new ArrowTable(merged, schema, route)).scanBuilder());
  }

  private ScanBuilder scanBuilder() throws IOException {
    requireOptions(files);
    if (isNew()) {
      return new EmptyScanBuilder(schema);
    }
    files.statuses(); // throws if there are no files
    if (files.kind() == ContentKind.ARROW) {
      StructType there =
          SparkSchema.ofArrow(
              files.arrowSchema(), Arrays.asList(schema.fieldNames()), files.toString());
      for (String column : schema.fieldNames()) {
        if (!Arrays.asList(there.fieldNames()).contains(column)
            || !there.apply(column).dataType().sameType(schema.apply(column).dataType())) {
          throw new IllegalArgumentException(
              String.format(
                  "the given schema has %s, but the files have %s",
                  schema.apply(column).toDDL(), there.toDDL()));
        }
      }
    }
    return new ArrowScanBuilder(files, schema);
  }

  /**
   * Whether this is a table of a catalog to which nothing has been written yet. The columns of a
   * table of BAMs were inferred from files: if these are gone, that is an error.
   */
  private boolean isNew() throws IOException {
    return files.ofCatalog() && !SparkSchema.isOfBams(schema) && files.isVacant();
  }

  @Override
  public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
    TableFiles merged = files.with(info.options());
    requireOptions(merged);
    return route == WriteRoute.V1
        ? new V1WriteBuilder(merged.given(), partitioning())
        : new ArrowWriteBuilder(merged, info.schema());
  }
}
