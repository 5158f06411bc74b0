package org.bamarrow.spark.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.connector.read.SupportsRuntimeV2Filtering;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.pushdown.PredicateTranslator;

/**
 * A scan whose files may be removed at run time, by conditions on partition columns, and whose rows
 * by conditions on columns that are used in joins.
 */
final class RuntimeFilteredScan
    implements Scan, SupportsReportStatistics, SupportsRuntimeV2Filtering {
  private final SupportsReportStatistics scan;
  private final TableFiles files;
  private final FileFilter filter;
  private final PredicateTranslator translator;
  private final BiFunction<TableFiles, RawPredicate, Batch> batch;

  /** The filters of the next batch; guarded by this. */
  private final List<Predicate> predicates = new ArrayList<>();

  /**
   * @param scan the same without such filters
   * @param files those of the scan
   * @param translator of conditions on rows; null if there may be none
   * @param batch makes the batch of some of these files, with a further condition for rows
   */
  RuntimeFilteredScan(
      SupportsReportStatistics scan,
      TableFiles files,
      FileFilter filter,
      PredicateTranslator translator,
      BiFunction<TableFiles, RawPredicate, Batch> batch) {
    this.scan = scan;
    this.files = files;
    this.filter = filter;
    this.translator = translator;
    this.batch = batch;
  }

  @Override
  public NamedReference[] filterAttributes() {
    return RuntimeFilters.attributes(readSchema(), files, translator);
  }

  @Override
  public synchronized void filter(Predicate[] runtime) {
    predicates.addAll(Arrays.asList(runtime));
  }

  /** The batch with the filters since the last one, which Spark requests right after filtering. */
  @Override
  public synchronized Batch toBatch() {
    TableFiles kept = filter.kept(files, predicates);
    RawPredicate rows = RuntimeFilters.rows(predicates, translator);
    predicates.clear();
    Batch filtered = batch.apply(kept, rows);
    return rows.equals(RawPredicate.TRUE)
        ? filtered
        : new RuntimeFilteredBatch(scan.toBatch(), filtered, rows, files.session().sparkContext());
  }

  @Override
  public MicroBatchStream toMicroBatchStream(String checkpoint) {
    return scan.toMicroBatchStream(checkpoint);
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
