package org.bamarrow.spark.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.connector.read.SupportsRuntimeV2Filtering;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.pushdown.PredicateText;
import org.bamarrow.spark.pushdown.PredicateTranslator;
import org.bamarrow.spark.pushdown.PushedAggregates;
import org.bamarrow.spark.schema.RecordMetadata;
import org.bamarrow.spark.stream.BamStream;

/** A scan of the records; equal to another of the same table and plan. */
final class BamScan implements Scan, SupportsReportStatistics, SupportsRuntimeV2Filtering {
  private final FileFilter fileFilter;
  private final TableFiles files;
  private final StructType table;
  private final ReadPlan plan;
  private final PredicateTranslator translator;

  /** The filters of the next batch, on records and on files; guarded by this. */
  private final List<Predicate> runtimeFilters = new ArrayList<>();

  /**
   * @param files those that the filter has kept
   * @param table all columns
   * @param translator null if nothing may be pushed down
   */
  BamScan(
      FileFilter fileFilter,
      TableFiles files,
      StructType table,
      ReadPlan plan,
      PredicateTranslator translator) {
    this.fileFilter = fileFilter;
    this.files = files;
    this.table = table;
    this.plan = plan;
    this.translator = translator;
  }

  @Override
  public StructType readSchema() {
    return plan.schema();
  }

  @Override
  public String description() {
    StringBuilder text = new StringBuilder();
    text.append("splitting: ").append(files.options().splitting());
    text.append(", PushedFilters: [");
    if (!plan.filter().equals(RawPredicate.TRUE)) {
      text.append(PredicateText.of(plan.filter()));
    }
    text.append(']').append(fileFilter.text(files));
    if (plan.maxRows() != Long.MAX_VALUE) {
      text.append(", PushedLimit: ").append(plan.maxRows());
    }
    if (plan.aggregates()) {
      text.append(new PushedAggregates.Pushed(plan.aggregation(), plan.schema()).text());
    }
    return text.append(", inputs: ").append(files).toString();
  }

  @Override
  public ColumnarSupportMode columnarSupportMode() {
    return plan.aggregates() ? ColumnarSupportMode.UNSUPPORTED : ColumnarSupportMode.SUPPORTED;
  }

  @Override
  public Statistics estimateStatistics() {
    return ScanStatistics.of(files, table, plan, ExactRowCount.of(files, plan));
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return ReadMetric.ofBams();
  }

  @Override
  public NamedReference[] filterAttributes() {
    return translator == null || plan.aggregates()
        ? new NamedReference[0]
        : RuntimeFilters.attributes(plan.schema(), files, translator);
  }

  @Override
  public synchronized void filter(Predicate[] predicates) {
    runtimeFilters.addAll(Arrays.asList(predicates));
  }

  /**
   * The batch with the filters since the last one: Spark requests it right after filtering, and
   * another part of the query may share this scan but not the filter.
   */
  @Override
  public synchronized Batch toBatch() {
    files.options().requireNoStream();
    RawPredicate filter = RuntimeFilters.rows(runtimeFilters, translator);
    TableFiles kept = fileFilter.kept(files, runtimeFilters);
    runtimeFilters.clear();
    return new BamBatch(kept, plan, filter);
  }

  /**
   * Spark does not prune the columns of a stream. Behind them it expects all metadata columns if a
   * query has one of them, and ignores them otherwise.
   */
  @Override
  public MicroBatchStream toMicroBatchStream(String checkpoint) {
    StructType columns = plan.schema();
    for (RecordMetadata metadata : RecordMetadata.ALL) {
      columns = columns.add(metadata.name(), metadata.dataType(), metadata.isNullable());
    }
    ReadPlan all =
        ReadPlan.of(
            SplitConstants.of(columns, table, files),
            plan.options(),
            plan.readAheadBytes(),
            plan.ignoreMissing());
    return BamStream.open(files, checkpoint, some -> new BamBatch(some, all, RawPredicate.TRUE));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BamScan scan && files.equals(scan.files) && plan.equals(scan.plan);
  }

  @Override
  public int hashCode() {
    return 31 * files.hashCode() + plan.hashCode();
  }
}
