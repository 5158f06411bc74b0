package org.bamarrow.spark.read;

import java.io.IOException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Reads the splits of a partition, one after another. The batches are the core's vectors under
 * Spark's names; nothing is copied.
 */
final class BamColumnarReader extends ColumnarReader {
  private final ReadPlan plan;
  private final TaskSplits splits;
  private final TaskMetrics metrics = new TaskMetrics();
  private long rowsLeft;
  private SplitReader split;

  BamColumnarReader(ReadPlan plan, TaskSplits splits) {
    super(plan.constants());
    this.plan = plan;
    this.splits = splits;
    rowsLeft = plan.maxRows();
  }

  @Override
  ColumnarBatch load() throws IOException {
    while (split != null || open()) {
      if (split.loadNextBatch()) {
        ColumnarBatch batch = batch(split.root());
        rowsLeft -= batch.numRows();
        return batch;
      }
      closeSplit();
    }
    return null;
  }

  /** Opens the next split; false at the end. */
  private boolean open() throws IOException {
    OpenSplit next = rowsLeft == 0 ? null : splits.open(rowsLeft);
    split = next == null ? null : new SplitReader(next, allocator);
    begin(splits.current());
    return split != null;
  }

  private ColumnarBatch batch(VectorSchemaRoot root) {
    ColumnVector[] columns = new ColumnVector[plan.vectors().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = ReaderOwnedColumn.of(root.getVector(plan.vectors().get(i)));
    }
    return new ColumnarBatch(columns, root.getRowCount());
  }

  @Override
  public synchronized CustomTaskMetric[] currentMetricsValues() {
    TaskMetrics now = metrics.copy();
    if (split != null) {
      split.addTo(now);
    }
    return now.values();
  }

  @Override
  void closeSplit() throws IOException {
    if (split != null) {
      SplitReader ended = split;
      split = null;
      ended.addTo(metrics);
      ended.close();
    }
  }
}
