package org.bamarrow.spark.read;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.internal.filter.RowSelection;
import org.bamarrow.internal.filter.VectorPredicate;
import org.bamarrow.internal.filter.ZonePredicate;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.zone.ZoneTest;

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
    batches = IpcBatches.open(split.openToRead(settings, plan.readAheadBytes()));
    try {
      filter = RecordColumns.resolved(plan.filter(), schema(), split.file().name());
      condition =
          filter.equals(RawPredicate.TRUE)
              ? null
              : VectorPredicate.compile(filter, schema().getFields());
    } catch (IOException | RuntimeException e) {
      batches.close();
      throw e;
    }
  }

  /** The schema of the file as written. */
  Schema schema() {
    return batches.schema();
  }

  /** Names of the columns of the condition, fields of structs as {@code tags.NM}. */
  List<String> conditions() {
    return condition == null ? List.of() : condition.fields();
  }

  /**
   * The condition on zones.
   *
   * @param more fields whose statistics will be asked for
   */
  ZonePredicate zones(List<RawField> more) {
    return new ZonePredicate(filter, batches.zones().columns(), more);
  }

  /**
   * Leaves out zones without a row that satisfies the condition; null if the driver has done it.
   */
  ZoneTest left() {
    return condition == null || split.batches() != null ? null : zones(List.of());
  }

  /**
   * Starts reading.
   *
   * @param columns fields of the schema; those of the condition are read as well
   * @param test leaves out zones; null: none
   */
  void start(List<Field> columns, ZoneTest test, BufferAllocator allocator) throws IOException {
    if (split.batches() != null) {
      batches.zones().select(split.batches().ofFile(), split.batches().ranges());
    }
    if (test != null) {
      batches.zones().leaveOut(test);
    }
    List<Field> all = new ArrayList<>(columns);
    StructFields.needed(schema(), conditions()).stream()
        .filter(field -> all.stream().noneMatch(is -> is.getName().equals(field.getName())))
        .forEach(all::add);
    batches.selectFields(all, split.byteRange().begin(), split.byteRange().end(), allocator);
    if (condition != null) {
      // batches without a row are passed over in there, also when the task has been killed
      batches.require(
          condition.columns(), (batch, rows) -> isKilled() || !evaluate(batch, rows).isEmpty());
    }
    InputFileBlockHolder.set(
        split.file().name(), split.byteRange().begin(), split.byteRange().length());
  }

  private RowSelection evaluate(List<FieldVector> batch, int rows) {
    selected = condition.select(batch, rows);
    return selected;
  }

  private static boolean isKilled() {
    TaskContext task = TaskContext.get();
    return task != null && task.isInterrupted();
  }

  /**
   * Loads the next batch with a row; false after the last.
   *
   * @throws InterruptedIOException if the task was killed
   */
  boolean next() throws IOException {
    do {
      selected = null;
      if (!batches.next()) {
        return false;
      }
      if (isKilled()) {
        throw new InterruptedIOException("the task was killed");
      }
      if (condition != null && selected == null) {
        evaluate(batches.vectors(), batches.rows());
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
