package org.bamarrow.spark.read;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.bamarrow.internal.aggregate.Aggregator;
import org.bamarrow.internal.read.RecordPipeline;
import org.bamarrow.spark.options.SparkWords;

/**
 * Returns one row per group of the records of a partition, or one row without groups. No record is
 * decoded; blocks and the lengths of records are checked as usual.
 */
final class AggregateReader implements PartitionReader<InternalRow> {
  private final ReadPlan plan;
  private final TaskSplits splits;
  private final Aggregator aggregator;
  private final TaskMetrics metrics = new TaskMetrics();
  private Iterator<InternalRow> rows;
  private InternalRow row;

  AggregateReader(ReadPlan plan, TaskSplits splits) {
    this.plan = plan;
    this.splits = splits;
    this.aggregator = new Aggregator(plan.aggregation());
  }

  @Override
  public boolean next() throws IOException {
    if (rows == null) {
      try {
        readAll();
      } catch (IOException | RuntimeException e) {
        SparkWords.in(e);
        throw e;
      }
      rows = rows().iterator();
    }
    row = rows.hasNext() ? rows.next() : null;
    return row != null;
  }

  private void readAll() throws IOException {
    for (OpenSplit next = splits.open(Long.MAX_VALUE); next != null; ) {
      read(next);
      next = splits.open(Long.MAX_VALUE);
    }
  }

  private void read(OpenSplit split) throws IOException {
    TaskContext task = TaskContext.get();
    try (split;
        RecordPipeline reader =
            split.conversion().newPipeline(split.scope(), List.of(aggregator))) {
      while (reader.step()) {
        if (task != null && task.isInterrupted()) {
          throw new InterruptedIOException("the task was killed");
        }
      }
      metrics.add(reader.statistics(), split.alongIndex());
    }
  }

  private List<InternalRow> rows() {
    List<InternalRow> found = new ArrayList<>();
    aggregator.results((key, results) -> found.add(AggregateRows.of(plan.schema(), key, results)));
    return found;
  }

  @Override
  public InternalRow get() {
    return row;
  }

  @Override
  public CustomTaskMetric[] currentMetricsValues() {
    return metrics.values();
  }

  @Override
  public void close() {
    InputFileBlockHolder.unset();
  }
}
