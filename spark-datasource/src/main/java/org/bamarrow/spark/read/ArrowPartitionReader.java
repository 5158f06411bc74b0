package org.bamarrow.spark.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.internal.filter.VectorPredicate;
import org.bamarrow.internal.filter.ZonePredicate;
import org.bamarrow.internal.ipc.IpcBatches;

/**
 * Reads the splits of Arrow files of a partition, one after another. Columns, and fields of
 * structs, that a file lacks are null in its rows, without memory for them.
 */
final class ArrowPartitionReader extends ColumnarReader {
  /** The columns that are read from files. */
  private final StructType columns;

  /** The condition by which record batches are left out. */
  private final RawPredicate filter;

  private final Iterator<FileSplit> splits;
  private final Configuration settings;
  private final int readAheadBytes;
  private final TaskMetrics metrics = new TaskMetrics();
  private IpcBatches batches;

  /** Rows that may still be returned before the next batch. */
  private long rowsLeft;

  /** Of each column the index among the vectors of the open file, -1 if the file lacks it. */
  private int[] vectors;

  ArrowPartitionReader(ArrowReadPlan plan, List<FileSplit> splits, Configuration settings) {
    super(plan.columns());
    this.columns = plan.columns().read();
    this.filter = plan.filter();
    this.rowsLeft = plan.maxRows();
    this.splits = splits.iterator();
    this.settings = settings;
    this.readAheadBytes = plan.readAheadBytes();
  }

  @Override
  ColumnarBatch load() throws IOException {
    while (rowsLeft > 0) {
      if (batches == null) {
        if (!splits.hasNext()) {
          return null;
        }
        FileSplit split = splits.next();
        begin(split);
        batches = IpcBatches.open(split.openToRead(settings, readAheadBytes));
        if (split.batches() != null) {
          batches.zones().select(split.batches().ofFile(), split.batches().ranges());
        } else if (!filter.equals(RawPredicate.TRUE)) {
          batches.zones().leaveOut(new ZonePredicate(filter, batches.zones().columns()));
        }
        batches.select(present(), split.byteRange().begin(), split.byteRange().end(), allocator);
        if (!filter.equals(RawPredicate.TRUE)) {
          VectorPredicate rows = VectorPredicate.compile(filter, batches.schema());
          batches.require(rows.columns(), batch -> !rows.select(batch).isEmpty());
        }
        InputFileBlockHolder.set(
            split.file().name(), split.byteRange().begin(), split.byteRange().length());
      }
      if (batches.next()) {
        rowsLeft -= batches.root().getRowCount();
        metrics.add(TaskMetrics.Kind.BATCHES, 1);
        metrics.add(TaskMetrics.Kind.RECORDS, batches.root().getRowCount());
        return batch(batches.root());
      }
      closeSplit();
    }
    return null;
  }

  /** The columns that the open file has. */
  private List<String> present() {
    Set<String> there = new HashSet<>();
    batches.schema().getFields().forEach(field -> there.add(field.getName()));
    List<String> present = new ArrayList<>();
    vectors = new int[columns.size()];
    for (int i = 0; i < vectors.length; i++) {
      String name = columns.fields()[i].name();
      vectors[i] = there.contains(name) ? present.size() : -1;
      if (vectors[i] >= 0) {
        present.add(name);
      }
    }
    return present;
  }

  private ColumnarBatch batch(VectorSchemaRoot root) {
    ColumnVector[] batch = new ColumnVector[vectors.length];
    for (int i = 0; i < batch.length; i++) {
      DataType type = columns.fields()[i].dataType();
      batch[i] =
          vectors[i] < 0
              ? ReaderOwnedColumn.ofNulls(type, root.getRowCount())
              : ReaderOwnedColumn.of(root.getVector(vectors[i]), type);
    }
    return new ColumnarBatch(batch, root.getRowCount());
  }

  @Override
  public synchronized CustomTaskMetric[] currentMetricsValues() {
    return metrics.values();
  }

  @Override
  void closeSplit() throws IOException {
    if (batches != null) {
      IpcBatches ended = batches;
      batches = null;
      metrics.add(TaskMetrics.Kind.SPLITS, 1);
      metrics.add(TaskMetrics.Kind.BATCHES_LEFT_OUT, ended.zones().batchesLeftOut());
      metrics.add(TaskMetrics.Kind.BYTES_READ, ended.bytesRead());
      ended.close();
    }
  }
}
