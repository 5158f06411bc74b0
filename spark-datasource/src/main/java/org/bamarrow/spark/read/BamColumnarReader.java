package org.bamarrow.spark.read;

import java.io.IOException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Reads a partition's pieces one after another. Batches are the core's vectors under Spark's names,
 * not copied.
 */
final class BamColumnarReader extends ColumnarReader {
  private final ReadPlan plan;
  private final TaskSplits pieces;
  private final TaskMetrics metrics = new TaskMetrics();
  private long rowsLeft;
  private SplitReader piece;

  BamColumnarReader(ReadPlan plan, TaskSplits pieces) {
    this.plan = plan;
    this.pieces = pieces;
    rowsLeft = plan.mostRows();
  }

  @Override
  ColumnarBatch load() throws IOException {
    while (piece != null || open()) {
      if (piece.loadNextBatch()) {
        ColumnarBatch batch = batch(piece.root());
        rowsLeft -= batch.numRows();
        return batch;
      }
      closePiece();
    }
    return null;
  }

  /** Opens the next piece; false at the end. */
  private boolean open() throws IOException {
    OpenSplit next = rowsLeft == 0 ? null : pieces.open(rowsLeft);
    piece = next == null ? null : new SplitReader(next, allocator);
    return piece != null;
  }

  private ColumnarBatch batch(VectorSchemaRoot root) {
    ColumnVector[] columns = new ColumnVector[plan.vectors().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new ReaderOwnedColumn(root.getVector(plan.vectors().get(i)));
    }
    return new ColumnarBatch(columns, root.getRowCount());
  }

  @Override
  public synchronized CustomTaskMetric[] currentMetricsValues() {
    TaskMetrics now = metrics.copy();
    if (piece != null) {
      piece.addTo(now);
    }
    return now.values();
  }

  @Override
  void closePiece() throws IOException {
    if (piece != null) {
      SplitReader ended = piece;
      piece = null;
      ended.addTo(metrics);
      ended.close();
    }
  }
}
