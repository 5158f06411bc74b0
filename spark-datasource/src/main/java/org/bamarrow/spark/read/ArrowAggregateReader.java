package org.bamarrow.spark.read;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.internal.aggregate.BatchAggregator;
import org.bamarrow.internal.filter.ZonePredicate;
import org.bamarrow.spark.options.SparkWords;

/**
 * Returns the aggregates of the rows of a partition, one row per group. Zones whose statistics tell
 * the result are not read; of the others, the columns of the condition and of the aggregates. With
 * many groups a group may come several times: Spark combines the rows of all tasks anyway.
 */
final class ArrowAggregateReader implements PartitionReader<InternalRow> {
  /** Returned and forgotten if there are more, so that memory is bounded. */
  private static final int MAX_GROUPS = 1 << 16;

  private final ArrowReadPlan plan;
  private final Iterator<FileSplit> splits;
  private final Configuration settings;
  private final StructType schema;
  private final BatchAggregator aggregator;
  private final BufferAllocator allocator;
  private final TaskMetrics metrics = new TaskMetrics();
  private final Deque<InternalRow> rows = new ArrayDeque<>();
  private ArrowSplit open;
  private InternalRow row;
  private boolean ended;
  private boolean closed;

  ArrowAggregateReader(ArrowReadPlan plan, List<FileSplit> splits, Configuration settings) {
    this.plan = plan;
    this.splits = splits.iterator();
    this.settings = settings;
    this.schema = plan.aggregates().columns();
    this.aggregator = new BatchAggregator(plan.aggregates().aggregation());
    this.allocator = ColumnarReader.allocator(this);
  }

  @Override
  public synchronized boolean next() throws IOException {
    try {
      while (rows.isEmpty() && !ended) {
        ended = !step();
        if (ended || aggregator.groups() >= MAX_GROUPS) {
          aggregator.results((key, results) -> rows.add(AggregateRows.of(schema, key, results)));
          aggregator.clear();
        }
      }
    } catch (IOException | RuntimeException e) {
      SparkWords.in(e);
      throw e;
    }
    row = rows.poll();
    return row != null;
  }

  /** Reads a batch, or opens or closes a split; false at the end. */
  private boolean step() throws IOException {
    if (closed) {
      throw new IOException("the reader is closed");
    }
    if (open == null) {
      return splits.hasNext() && start(splits.next());
    }
    if (open.next()) {
      metrics.add(TaskMetrics.Kind.BATCHES, 1);
      metrics.add(TaskMetrics.Kind.RECORDS, open.root().getRowCount());
      aggregator.add(open.root(), open.selected());
    } else {
      closeSplit();
    }
    return true;
  }

  private boolean start(FileSplit split) throws IOException {
    open = new ArrowSplit(split, plan, settings);
    ZonePredicate condition = open.zones(aggregator.statistics());
    aggregator.begin(condition);
    List<String> names = new ArrayList<>(aggregator.columns());
    names.addAll(open.conditions());
    open.start(
        StructFields.needed(open.schema(), names), condition.unless(aggregator::add), allocator);
    return true;
  }

  private void closeSplit() throws IOException {
    if (open != null) {
      ArrowSplit last = open;
      open = null;
      last.close(metrics);
    }
  }

  @Override
  public InternalRow get() {
    return row;
  }

  @Override
  public synchronized CustomTaskMetric[] currentMetricsValues() {
    return metrics.values();
  }

  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      InputFileBlockHolder.unset();
      try {
        closeSplit();
      } finally {
        allocator.close();
      }
    }
  }
}
