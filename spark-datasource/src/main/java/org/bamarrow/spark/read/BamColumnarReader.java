package org.bamarrow.spark.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.util.ArrowUtils;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Reads a partition's pieces one after another on the task's thread. Batches are the core's vectors
 * under Spark's names, not copied; each holds until the next. Its memory is an allocator of its
 * own, which is empty and closed when the task ends, however it ends.
 */
final class BamColumnarReader implements PartitionReader<ColumnarBatch> {
  private final ReadPlan plan;
  private final TaskPieces pieces;
  private final BufferAllocator allocator;
  private final TaskMetrics metrics = new TaskMetrics();
  private long rowsLeft;
  private PieceReader piece;
  private ColumnarBatch batch;
  private boolean closed;

  BamColumnarReader(ReadPlan plan, TaskPieces pieces) {
    this.plan = plan;
    this.pieces = pieces;
    rowsLeft = plan.mostRows();
    TaskContext task = TaskContext.get();
    String name = task == null ? "no task" : "task " + task.taskAttemptId();
    allocator = ArrowUtils.rootAllocator().newChildAllocator("bamarrow " + name, 0, Long.MAX_VALUE);
    if (task != null) {
      task.addTaskCompletionListener((TaskCompletionListener) ended -> closeUnchecked());
    }
  }

  @Override
  public synchronized boolean next() throws IOException {
    if (closed) {
      throw new IOException("the reader is closed");
    }
    while (piece != null || open()) {
      if (piece.loadNextBatch()) {
        batch = batch(piece.root());
        rowsLeft -= batch.numRows();
        return true;
      }
      closePiece();
    }
    return false;
  }

  /** Opens the next piece; false at the end. */
  private boolean open() throws IOException {
    OpenPiece next = rowsLeft == 0 ? null : pieces.open(rowsLeft);
    piece = next == null ? null : new PieceReader(next, allocator);
    return piece != null;
  }

  private ColumnarBatch batch(VectorSchemaRoot root) {
    ColumnVector[] columns = new ColumnVector[plan.vectors().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new BorrowedColumn(root.getVector(plan.vectors().get(i)));
    }
    return new ColumnarBatch(columns, root.getRowCount());
  }

  @Override
  public ColumnarBatch get() {
    return batch;
  }

  @Override
  public synchronized CustomTaskMetric[] currentMetricsValues() {
    return piece == null ? metrics.values() : metrics.with(piece.statistics()).values();
  }

  private void closePiece() throws IOException {
    if (piece != null) {
      PieceReader ended = piece;
      piece = null;
      metrics.add(ended.statistics());
      ended.close();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      InputFileBlockHolder.unset();
      try {
        closePiece();
      } finally {
        allocator.close();
      }
    }
  }

  private void closeUnchecked() {
    try {
      close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
