package org.bamarrow.spark.read;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.internal.filter.RowSelection;
import org.bamarrow.internal.filter.VectorPredicate;
import org.bamarrow.internal.filter.ZonePredicate;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.ipc.ZoneTable;
import org.bamarrow.spark.files.Sources;

/**
 * A split of an Arrow file that is being read, and its rows that satisfy the condition of the scan.
 * Batches without such a row are passed over. Not thread-safe.
 */
final class ArrowSplit {
  private final FileSplit split;
  private final IpcBatches batches;

  /** Null if all rows are read. */
  private final VectorPredicate condition;

  private final RawPredicate filter;

  /** The rows of the loaded batch; null if the condition has not been evaluated on it. */
  private RowSelection selected;

  ArrowSplit(FileSplit split, ArrowReadPlan plan, Configuration settings) throws IOException {
    this.split = split;
    filter = plan.filter();
    batches =
        IpcBatches.open(
            Sources.openToRead(split.file(), split.byteRange(), settings, plan.readAheadBytes()));
    condition = filter.equals(RawPredicate.TRUE) ? null : VectorPredicate.compile(filter, schema());
  }

  /** The schema of the file as written. */
  Schema schema() {
    return batches.schema();
  }

  /** The condition on zones. */
  ZonePredicate zones() {
    return new ZonePredicate(filter, batches.zones().columns());
  }

  /** The condition on zones that leaves out batches; null: none. */
  ZoneTable.Test canMatch() {
    return condition == null ? null : zones()::canMatch;
  }

  /**
   * Starts reading.
   *
   * @param columns names of columns of the schema; those of the condition are read as well
   * @param test leaves out zones; null: none
   */
  void start(List<String> columns, ZoneTable.Test test, BufferAllocator allocator)
      throws IOException {
    if (test != null) {
      batches.zones().leaveOut(test);
    }
    Set<String> all = new LinkedHashSet<>(columns);
    if (condition != null) {
      all.addAll(condition.columns());
    }
    batches.select(List.copyOf(all), split.byteRange().begin(), split.byteRange().end(), allocator);
    if (condition != null) {
      batches.require(condition.columns(), batch -> !evaluate(batch).isEmpty());
    }
    InputFileBlockHolder.set(
        split.file().name(), split.byteRange().begin(), split.byteRange().length());
  }

  private RowSelection evaluate(VectorSchemaRoot batch) {
    selected = condition.select(batch);
    return selected;
  }

  /** Loads the next batch with a row; false after the last. */
  boolean next() throws IOException {
    do {
      selected = null;
      if (!batches.next()) {
        return false;
      }
      if (condition != null && selected == null) {
        evaluate(batches.root());
      }
    } while (selected != null && selected.isEmpty());
    return true;
  }

  /** The vectors of the batch: first the columns that were asked for, in their order. */
  VectorSchemaRoot root() {
    return batches.root();
  }

  /** The rows of the batch that satisfy the condition; null: all. Valid until the next batch. */
  RowSelection selected() {
    return selected == null || selected.size() == root().getRowCount() ? null : selected;
  }

  void close(TaskMetrics metrics) throws IOException {
    metrics.add(TaskMetrics.Kind.SPLITS, 1);
    metrics.add(TaskMetrics.Kind.BATCHES_LEFT_OUT, batches.zones().batchesLeftOut());
    metrics.add(TaskMetrics.Kind.BYTES_READ, batches.bytesRead());
    batches.close();
  }
}
