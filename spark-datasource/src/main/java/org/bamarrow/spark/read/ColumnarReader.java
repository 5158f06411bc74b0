package org.bamarrow.spark.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.util.ArrowUtils;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.TaskCompletionListener;
import org.bamarrow.spark.options.SparkWords;

/**
 * Reads a partition on the thread of the task, one batch at a time; each is valid until the next
 * ({@link ReaderOwnedColumn} explains the ownership). It has a separate allocator, which is closed
 * when the task ends, successfully or not.
 */
abstract class ColumnarReader implements PartitionReader<ColumnarBatch> {
  final BufferAllocator allocator;
  private final SplitConstants constants;
  private FileSplit split;
  private ColumnarBatch batch;
  private boolean closed;

  ColumnarReader(SplitConstants constants) {
    this.constants = constants;
    this.allocator = allocator(this);
  }

  /** The memory of a reader, which closes it; the reader is closed when its task ends. */
  static BufferAllocator allocator(PartitionReader<?> of) {
    TaskContext task = TaskContext.get();
    String name = task == null ? "no task" : "task " + task.taskAttemptId();
    if (task != null) {
      task.addTaskCompletionListener((TaskCompletionListener) ended -> closeUnchecked(of));
    }
    return ArrowUtils.rootAllocator().newChildAllocator("bamarrow " + name, 0, Long.MAX_VALUE);
  }

  /** The next batch of the columns that are in files, or null at the end. */
  abstract ColumnarBatch load() throws IOException;

  /** To be called for each split before its first batch. */
  final void begin(FileSplit next) {
    split = next;
  }

  /** Closes the open split, if there is one; also called when reading it has failed. */
  abstract void closeSplit() throws IOException;

  @Override
  public final synchronized boolean next() throws IOException {
    if (closed) {
      throw new IOException("the reader is closed");
    }
    try {
      ColumnarBatch read = load();
      batch = read == null ? null : constants.complete(read, split);
    } catch (IOException | RuntimeException e) {
      SparkWords.in(e);
      throw e;
    }
    return batch != null;
  }

  @Override
  public final ColumnarBatch get() {
    return batch;
  }

  @Override
  public final synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      InputFileBlockHolder.unset();
      try {
        closeSplit();
      } catch (IOException | RuntimeException e) {
        SparkWords.in(e);
        throw e;
      } finally {
        allocator.close();
      }
    }
  }

  private static void closeUnchecked(PartitionReader<?> reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
