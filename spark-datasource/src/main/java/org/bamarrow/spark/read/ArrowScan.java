package org.bamarrow.spark.read;

import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.internal.ipc.WantedBatches;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkErrors;
import org.bamarrow.spark.pushdown.PredicateText;

/**
 * A scan of Arrow files. Immutable; equal to another of the same table and columns.
 *
 * @param filters the conditions on files, for EXPLAIN
 * @param leftOut counts what the driver leaves out
 */
record ArrowScan(TableFiles files, ArrowReadPlan plan, String filters, LeftOut leftOut)
    implements Scan, Batch, SupportsReportStatistics {
  /** The same of some of the files, with a further condition for rows. */
  ArrowScan of(TableFiles some, RawPredicate further) {
    return new ArrowScan(some, plan.where(further), filters, leftOut);
  }

  @Override
  public StructType readSchema() {
    return plan.schema();
  }

  @Override
  public String description() {
    StringBuilder text = new StringBuilder("Arrow");
    if (!plan.filter().equals(RawPredicate.TRUE)) {
      text.append(", PushedFilters: [").append(PredicateText.of(plan.filter())).append(']');
    }
    text.append(filters);
    if (plan.maxRows() != Long.MAX_VALUE) {
      text.append(", PushedLimit: ").append(plan.maxRows());
    }
    if (plan.aggregates() != null) {
      text.append(plan.aggregates().text());
    }
    return text.append(", inputs: ").append(files).toString();
  }

  @Override
  public ColumnarSupportMode columnarSupportMode() {
    return plan.aggregates() == null
        ? ColumnarSupportMode.SUPPORTED
        : ColumnarSupportMode.UNSUPPORTED;
  }

  @Override
  public Statistics estimateStatistics() {
    OptionalLong bytes = OptionalLong.of(files.bytes());
    boolean all = plan.filter().equals(RawPredicate.TRUE) && plan.aggregates() == null;
    OptionalLong rows = all ? files.rows() : OptionalLong.empty();
    return new Statistics() {
      @Override
      public OptionalLong sizeInBytes() {
        return bytes;
      }

      @Override
      public OptionalLong numRows() {
        return rows;
      }
    };
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return ReadMetric.ofArrow();
  }

  @Override
  public CustomTaskMetric[] reportDriverMetrics() {
    return leftOut.metrics();
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  /** Always throws: the capability is declared only for a clearer message than Spark's. */
  @Override
  public MicroBatchStream toMicroBatchStream(String checkpoint) {
    throw new IllegalArgumentException(
        files + " holds Arrow data; only BAMs can be read as a stream: use spark.read");
  }

  @Override
  public InputPartition[] planInputPartitions() {
    InputPartition[] partitions = SparkErrors.whenReading(files, this::planned);
    // aggregates of no rows are a row, too
    return plan.aggregates() != null && partitions.length == 0
        ? new InputPartition[] {new BamPartition(List.of(), new String[0])}
        : partitions;
  }

  private InputPartition[] planned() {
    PartitionPlanner planner = new PartitionPlanner(files);
    if (plan.filter().equals(RawPredicate.TRUE)) {
      return planner.planArrow();
    }
    List<WantedBatches> wanted = new BatchLookup(files, plan.filter()).wanted();
    leftOut.planned(wanted);
    return planner.planArrow(wanted);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new ArrowReaderFactory(plan, files.settingsForTasks());
  }
}
