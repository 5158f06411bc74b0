package org.bamarrow.spark.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.internal.filter.VectorPredicate;
import org.bamarrow.internal.filter.ZonePredicate;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.spark.files.Sources;

/**
 * Reads the splits of Arrow files of a partition, one after another. Columns, and fields of
 * structs, that a file lacks are null in its rows, without memory for them.
 */
final class ArrowPartitionReader extends ColumnarReader {
  /** The columns that are read from files. */
  private final StructType columns;

  /** Those of them that are metadata columns. */
  private final List<String> metadata;

  /** The condition by which record batches are left out. */
  private final RawPredicate filter;

  private final Iterator<FileSplit> splits;
  private final Configuration settings;
  private final int readAheadBytes;
  private final TaskMetrics metrics = new TaskMetrics();
  private IpcBatches batches;
  private RecordColumns records;

  /** Rows that may still be returned before the next batch. */
  private long rowsLeft;

  /** Of each column the index among the vectors of the open file, -1 if the file lacks it. */
  private int[] vectors;

  ArrowPartitionReader(ArrowReadPlan plan, List<FileSplit> splits, Configuration settings) {
    super(plan.columns());
    this.columns = plan.columns().read();
    this.metadata = plan.columns().ofRecords();
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
        batches =
            IpcBatches.open(
                Sources.openToRead(split.file(), split.byteRange(), settings, readAheadBytes));
        records = new RecordColumns(metadata, split.file().name(), batches.schema(), allocator);
        if (!filter.equals(RawPredicate.TRUE)) {
          ZonePredicate condition = new ZonePredicate(filter, batches.zones().columns());
          batches.zones().leaveOut(condition::canMatch);
        }
        VectorPredicate rows = VectorPredicate.compile(filter, batches.schema());
        batches.selectFields(
            present(rows.fields()), split.byteRange().begin(), split.byteRange().end(), allocator);
        if (!filter.equals(RawPredicate.TRUE)) {
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

  /**
   * The columns that the open file has.
   *
   * @param conditions what the condition needs
   */
  private List<Field> present(List<String> conditions) {
    Map<String, Field> there = new HashMap<>();
    batches.schema().getFields().forEach(field -> there.putIfAbsent(field.getName(), field));
    List<String> names = new ArrayList<>();
    List<Field> present = new ArrayList<>();
    vectors = new int[columns.size()];
    for (int i = 0; i < vectors.length; i++) {
      StructField column = columns.fields()[i];
      Field field = there.get(records.stored(column.name()));
      vectors[i] = field == null ? -1 : names.indexOf(field.getName());
      if (field != null && vectors[i] < 0) {
        vectors[i] = names.size();
        names.add(field.getName());
        present.add(StructFields.read(field, column.dataType(), conditions));
      }
    }
    return present;
  }

  private ColumnarBatch batch(VectorSchemaRoot root) throws IOException {
    ColumnVector[] batch = new ColumnVector[vectors.length];
    for (int i = 0; i < batch.length; i++) {
      String name = columns.fields()[i].name();
      DataType type = columns.fields()[i].dataType();
      batch[i] =
          vectors[i] < 0
              ? ReaderOwnedColumn.ofNulls(type, root.getRowCount())
              : ReaderOwnedColumn.of(records.of(name, root.getVector(vectors[i])), type);
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
      try (RecordColumns closed = records) {
        ended.close();
      }
    }
  }
}
