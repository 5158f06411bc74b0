package org.bamarrow.spark.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.bamarrow.spark.read.CoreRows;

/**
 * Rows as text, with trouble in the task of partition 1. Each attempt of it leaves a file named by
 * its number, which holds the process id, in {@code marks}.
 */
record TroubledRows(Trouble trouble, String marks) implements MapPartitionsFunction<Row, String> {
  private static final int PARTITION = 1;
  private static final int ROWS_BEFORE = 100;
  private static final long LONGEST_MILLIS = 280_000;

  @Override
  public Iterator<String> call(Iterator<Row> rows) {
    TaskContext task = TaskContext.get();
    boolean marked = trouble != Trouble.NONE && task.partitionId() == PARTITION;
    return new Iterator<>() {
      private int given;

      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public String next() {
        if (marked && ++given == ROWS_BEFORE) {
          mark(task.attemptNumber());
          if (task.attemptNumber() == 0) {
            fail();
          }
        }
        return CoreRows.of(List.of(rows.next())).get(0);
      }
    };
  }

  private void mark(int attempt) {
    try {
      // Whoever looks for the file finds it whole.
      Path written = Files.createTempFile(Path.of(marks), "mark", ".tmp");
      Files.writeString(written, String.valueOf(ProcessHandle.current().pid()));
      Files.move(written, Path.of(marks, String.valueOf(attempt)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fail() {
    if (trouble == Trouble.FAILS) {
      throw new IllegalStateException("the first attempt fails, as the test wants");
    }
    try {
      Thread.sleep(LONGEST_MILLIS);
      throw new IllegalStateException("nobody ended the attempt that hangs");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("killed, as the test wants", e);
    }
  }
}
