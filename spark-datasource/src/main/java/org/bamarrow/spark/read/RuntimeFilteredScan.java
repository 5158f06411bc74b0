package org.bamarrow.spark.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.connector.read.SupportsRuntimeV2Filtering;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.schema.Columns;

/** A scan whose files may be removed at run time, by conditions on partition columns. */
final class RuntimeFilteredScan
    implements Scan, SupportsReportStatistics, SupportsRuntimeV2Filtering {
  private final SupportsReportStatistics scan;
  private final TableFiles files;
  private final FileFilter filter;
  private final Function<TableFiles, Batch> batch;

  /** The filters of the next batch; guarded by this. */
  private final List<Predicate> predicates = new ArrayList<>();

  /**
   * @param scan the same without such filters
   * @param files those of the scan
   * @param batch makes the batch of some of these files
   */
  RuntimeFilteredScan(
      SupportsReportStatistics scan,
      TableFiles files,
      FileFilter filter,
      Function<TableFiles, Batch> batch) {
    this.scan = scan;
    this.files = files;
    this.filter = filter;
    this.batch = batch;
  }

  @Override
  public NamedReference[] filterAttributes() {
    return Arrays.stream(readSchema().fieldNames())
        .filter(name -> files.partitionColumn(name) != null)
        .map(Columns::reference)
        .toArray(NamedReference[]::new);
  }

  @Override
  public synchronized void filter(Predicate[] runtime) {
    predicates.addAll(Arrays.asList(runtime));
  }

  /** The batch with the filters since the last one, which Spark requests right after filtering. */
  @Override
  public synchronized Batch toBatch() {
    TableFiles kept = filter.kept(files, predicates);
    predicates.clear();
    return batch.apply(kept);
  }

  @Override
  public StructType readSchema() {
    return scan.readSchema();
  }

  @Override
  public String description() {
    return scan.description();
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return scan.supportedCustomMetrics();
  }

  @Override
  public CustomTaskMetric[] reportDriverMetrics() {
    return scan.reportDriverMetrics();
  }

  @Override
  public ColumnarSupportMode columnarSupportMode() {
    return scan.columnarSupportMode();
  }

  @Override
  public Statistics estimateStatistics() {
    return scan.estimateStatistics();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RuntimeFilteredScan filtered && scan.equals(filtered.scan);
  }

  @Override
  public int hashCode() {
    return scan.hashCode();
  }
}
