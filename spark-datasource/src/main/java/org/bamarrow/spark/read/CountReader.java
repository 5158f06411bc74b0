package org.bamarrow.spark.read;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.bamarrow.read.ParallelReader;
import org.bamarrow.read.SliceHandler;

/**
 * One row with the number of a partition's records. Goes from record to record without decoding
 * any; every block and every record's lengths are checked as ever.
 */
final class CountReader implements PartitionReader<InternalRow> {
  /** Whatever comes is counted by the core's reader. */
  private static final SliceHandler NOTHING_MORE = slice -> {};

  private final int columns;
  private final TaskPieces pieces;
  private final TaskMetrics metrics = new TaskMetrics();
  private InternalRow row;

  /**
   * @param columns in which the number stands
   */
  CountReader(int columns, TaskPieces pieces) {
    this.columns = columns;
    this.pieces = pieces;
  }

  @Override
  public boolean next() throws IOException {
    if (row != null) {
      return false;
    }
    long count = 0;
    for (OpenPiece next = pieces.open(Long.MAX_VALUE); next != null; ) {
      count += count(next);
      next = pieces.open(Long.MAX_VALUE);
    }
    Object[] values = new Object[columns];
    Arrays.fill(values, count);
    row = new GenericInternalRow(values);
    return true;
  }

  private long count(OpenPiece piece) throws IOException {
    TaskContext task = TaskContext.get();
    try (piece;
        ParallelReader reader = piece.conversion().reader(piece.scope(), List.of(NOTHING_MORE))) {
      while (reader.step()) {
        if (task != null && task.isInterrupted()) {
          throw new InterruptedIOException("the task was killed");
        }
      }
      metrics.add(reader.statistics(), piece.alongIndex());
      return reader.statistics().rows();
    }
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
