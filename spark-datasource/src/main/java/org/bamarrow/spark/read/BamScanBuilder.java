package org.bamarrow.spark.read;

import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.ConvertOptions;
import org.bamarrow.spark.RecordMetadata;
import org.bamarrow.spark.SparkSchema;
import org.bamarrow.spark.TableFiles;

/** Collects what Spark pushes down into a scan of the records. One thread. */
public final class BamScanBuilder implements SupportsPushDownRequiredColumns {
  private final TableFiles files;
  private final StructType table;
  private final ConvertOptions options;
  private StructType wanted;

  /**
   * @param table all columns
   * @param options what gives them
   */
  public BamScanBuilder(TableFiles files, StructType table, ConvertOptions options) {
    this.files = files;
    this.table = table;
    this.options = options;
    this.wanted = table;
  }

  @Override
  public void pruneColumns(StructType required) {
    StructType pruned = new StructType();
    for (StructField field : required.fields()) {
      pruned = pruned.add(isPrunable(field) ? field : table.apply(field.name()));
    }
    wanted = pruned;
  }

  /** Of the tags those that are asked for are decoded; lists of structs only come whole. */
  private static boolean isPrunable(StructField asked) {
    return asked.name().equals(SparkSchema.TAGS)
        || RecordMetadata.ALL.stream().anyMatch(column -> column.name().equals(asked.name()));
  }

  @Override
  public Scan build() {
    return new BamScan(
        files,
        ReadPlan.of(wanted, options, files.options().readAheadBytes(), files.ignoresMissing()));
  }
}
