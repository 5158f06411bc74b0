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
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.bamarrow.internal.filter.RowSelection;

/**
 * Reads the splits of Arrow files of a partition, one after another. Columns, and fields of
 * structs, that a file lacks are null in its rows, without memory for them.
 */
final class ArrowPartitionReader extends ColumnarReader {
  /** The columns that are read from files. */
  private final StructType columns;

  /** Those of them that are metadata columns. */
  private final List<String> metadata;

  private final ArrowReadPlan plan;
  private final Iterator<FileSplit> splits;
  private final Configuration settings;
  private final TaskMetrics metrics = new TaskMetrics();
  private ArrowSplit open;
  private RecordColumns records;

  /** Rows that may still be returned before the next batch. */
  private long rowsLeft;

  /** Of each column the index among the vectors of the open file, -1 if the file lacks it. */
  private int[] vectors;

  ArrowPartitionReader(ArrowReadPlan plan, List<FileSplit> splits, Configuration settings) {
    super(plan.columns());
    this.columns = plan.columns().read();
    this.metadata = plan.columns().ofRecords();
    this.plan = plan;
    this.rowsLeft = plan.maxRows();
    this.splits = splits.iterator();
    this.settings = settings;
  }

  @Override
  ColumnarBatch load() throws IOException {
    while (rowsLeft > 0) {
      if (open == null) {
        if (!splits.hasNext()) {
          return null;
        }
        FileSplit split = splits.next();
        begin(split);
        open = new ArrowSplit(split, plan, settings);
        records = new RecordColumns(metadata, split.file().name(), open.schema(), allocator);
        open.start(present(), open.left(), allocator);
      }
      if (open.next()) {
        ColumnarBatch all = batch(open.root());
        metrics.add(TaskMetrics.Kind.BATCHES, 1);
        metrics.add(TaskMetrics.Kind.RECORDS, all.numRows());
        RowSelection selected = open.selected();
        ColumnarBatch batch = selected == null ? all : SelectedColumn.select(all, selected);
        rowsLeft -= batch.numRows();
        return batch;
      }
      closeSplit();
    }
    return null;
  }

  /** The columns that the open file has, with fields of structs for the condition. */
  private List<Field> present() {
    Map<String, Field> there = new HashMap<>();
    open.schema().getFields().forEach(field -> there.putIfAbsent(field.getName(), field));
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
        present.add(StructFields.read(field, column.dataType(), open.conditions()));
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
    if (open != null) {
      ArrowSplit ended = open;
      open = null;
      try (RecordColumns closed = records) {
        ended.close(metrics);
      }
    }
  }
}
