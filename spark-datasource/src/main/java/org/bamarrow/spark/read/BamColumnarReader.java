package org.bamarrow.spark.read;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.util.ArrowUtils;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.TaskCompletionListener;
import org.bamarrow.io.ByteSource;

/**
 * Reads a partition's pieces one after another on the task's thread. Batches are the core's vectors
 * under Spark's names, not copied; each holds until the next. Its memory is an allocator of its
 * own, which is empty and closed when the task ends, however it ends.
 */
final class BamColumnarReader implements PartitionReader<ColumnarBatch> {
  private final ReadPlan plan;
  private final Iterator<Piece> pieces;
  private final Configuration settings;
  private final BufferAllocator allocator;
  private long rowsLeft;
  private PieceReader piece;
  private ColumnarBatch batch;
  private boolean closed;

  BamColumnarReader(ReadPlan plan, List<Piece> pieces, Configuration settings) {
    this.plan = plan;
    this.pieces = pieces.iterator();
    this.settings = settings;
    long limit = plan.options().rows().limit();
    rowsLeft = limit < 0 ? Long.MAX_VALUE : limit;
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
    while (true) {
      if (piece == null && !open()) {
        return false;
      }
      if (piece != null && piece.loadNextBatch()) {
        batch = batch(piece.root());
        rowsLeft -= batch.numRows();
        return true;
      }
      closePiece();
    }
  }

  /** Opens the next piece, none where its file is missing; false at the end. */
  private boolean open() throws IOException {
    if (!pieces.hasNext() || rowsLeft == 0) {
      return false;
    }
    Piece next = pieces.next();
    ByteSource source;
    try {
      source = Sources.openToRead(next.file(), settings, plan.readAheadBytes());
    } catch (FileNotFoundException e) {
      if (plan.ignoreMissing()) {
        return true;
      }
      throw e;
    }
    piece = PieceReader.open(source, next.split(), plan.options(), rowsLeft, allocator);
    InputFileBlockHolder.set(next.file().name(), next.split().begin(), next.split().length());
    return true;
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

  private void closePiece() throws IOException {
    if (piece != null) {
      PieceReader ended = piece;
      piece = null;
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
