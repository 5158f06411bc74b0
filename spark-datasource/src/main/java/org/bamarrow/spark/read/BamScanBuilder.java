package org.bamarrow.spark.read;

import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.ConvertOptions;
import org.bamarrow.spark.RecordMetadata;
import org.bamarrow.spark.SparkOption;
import org.bamarrow.spark.SparkSchema;
import org.bamarrow.spark.TableFiles;

/** Collects what Spark pushes down into a scan of the records. One thread. */
public final class BamScanBuilder implements SupportsPushDownRequiredColumns {
  private static final long READ_AHEAD = 8 << 20;

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
    long readAhead = files.options().size(SparkOption.READ_AHEAD_BYTES, READ_AHEAD);
    if (readAhead != 0 && readAhead < 1 << 16 || readAhead > 1 << 30) {
      throw files.options().invalid(SparkOption.READ_AHEAD_BYTES, "0, or 64K to 1G");
    }
    return new BamScan(
        files, ReadPlan.of(wanted, options, (int) readAhead, files.ignoresMissing()));
  }
}
