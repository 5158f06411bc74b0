package org.bamarrow.spark.read;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.spark.files.Sources;

/** Reads the splits of Arrow files of a partition, one after another. */
final class ArrowPartitionReader extends ColumnarReader {
  private final List<String> columns;
  private final Iterator<FileSplit> splits;
  private final Configuration settings;
  private final int readAheadBytes;
  private IpcBatches batches;

  ArrowPartitionReader(
      SplitConstants constants,
      List<FileSplit> splits,
      Configuration settings,
      int readAheadBytes) {
    super(constants);
    this.columns = List.of(constants.read().fieldNames());
    this.splits = splits.iterator();
    this.settings = settings;
    this.readAheadBytes = readAheadBytes;
  }

  @Override
  ColumnarBatch load() throws IOException {
    while (true) {
      if (batches == null) {
        if (!splits.hasNext()) {
          return null;
        }
        FileSplit split = splits.next();
        begin(split);
        batches =
            IpcBatches.open(
                Sources.openToRead(split.file(), split.byteRange(), settings, readAheadBytes));
        batches.select(columns, split.byteRange().begin(), split.byteRange().end(), allocator);
        InputFileBlockHolder.set(
            split.file().name(), split.byteRange().begin(), split.byteRange().length());
      }
      if (batches.next()) {
        return new ColumnarBatch(
            batches.root().getFieldVectors().stream()
                .map((FieldVector vector) -> ReaderOwnedColumn.of(vector))
                .toArray(ColumnVector[]::new),
            batches.root().getRowCount());
      }
      closeSplit();
    }
  }

  @Override
  void closeSplit() throws IOException {
    if (batches != null) {
      IpcBatches ended = batches;
      batches = null;
      ended.close();
    }
  }
}
