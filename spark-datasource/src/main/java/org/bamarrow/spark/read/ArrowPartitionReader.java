package org.bamarrow.spark.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.util.ArrowUtils;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.TaskCompletionListener;

/** Reads a partition's pieces of Arrow files one after another; as {@link BamColumnarReader}. */
final class ArrowPartitionReader implements PartitionReader<ColumnarBatch> {
  private final List<String> columns;
  private final Iterator<Piece> pieces;
  private final Configuration settings;
  private final int readAheadBytes;
  private final BufferAllocator allocator;
  private ArrowBatches batches;
  private ColumnarBatch batch;
  private boolean closed;

  ArrowPartitionReader(
      List<String> columns, List<Piece> pieces, Configuration settings, int readAheadBytes) {
    this.columns = columns;
    this.pieces = pieces.iterator();
    this.settings = settings;
    this.readAheadBytes = readAheadBytes;
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
      if (batches == null) {
        if (!pieces.hasNext()) {
          return false;
        }
        Piece piece = pieces.next();
        batches =
            ArrowBatches.open(
                Sources.openToRead(piece.file(), piece.split(), settings, readAheadBytes));
        batches.select(columns, piece.split(), allocator);
        InputFileBlockHolder.set(
            piece.file().name(), piece.split().begin(), piece.split().length());
      }
      if (batches.next()) {
        batch =
            new ColumnarBatch(
                batches.root().getFieldVectors().stream()
                    .map((FieldVector vector) -> new BorrowedColumn(vector))
                    .toArray(ColumnVector[]::new),
                batches.root().getRowCount());
        return true;
      }
      closePiece();
    }
  }

  @Override
  public ColumnarBatch get() {
    return batch;
  }

  private void closePiece() throws IOException {
    if (batches != null) {
      ArrowBatches ended = batches;
      batches = null;
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
