package org.bamarrow.spark.read;

import java.util.OptionalLong;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.spark.files.TableFiles;

/**
 * The statistics of a scan, computed as in Spark's own file sources: the bytes of the files times
 * {@code spark.sql.sources.fileCompressionFactor}, in proportion to the default sizes of the
 * columns' types.
 */
record ScanStatistics(OptionalLong sizeInBytes, OptionalLong numRows) implements Statistics {
  /**
   * @param table all columns
   * @param rows of the scan, if known
   */
  static ScanStatistics of(TableFiles files, StructType table, ReadPlan plan, OptionalLong rows) {
    double factor = files.settings().getDouble("spark.sql.sources.fileCompressionFactor", 1);
    double share = Math.min(1, (double) width(plan.schema()) / width(table));
    return new ScanStatistics(
        OptionalLong.of(Math.max(1, (long) (files.bytes() * factor * share))), rows);
  }

  /** Spark counts 8 bytes per row in addition to its columns. */
  private static long width(StructType columns) {
    return 8L + columns.defaultSize();
  }
}
