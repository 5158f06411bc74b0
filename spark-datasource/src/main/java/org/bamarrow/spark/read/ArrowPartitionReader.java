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

/** Reads a partition's pieces of Arrow files one after another. */
final class ArrowPartitionReader extends ColumnarReader {
  private final List<String> columns;
  private final Iterator<FileSplit> pieces;
  private final Configuration settings;
  private final int readAheadBytes;
  private IpcBatches batches;

  ArrowPartitionReader(
      List<String> columns, List<FileSplit> pieces, Configuration settings, int readAheadBytes) {
    this.columns = columns;
    this.pieces = pieces.iterator();
    this.settings = settings;
    this.readAheadBytes = readAheadBytes;
  }

  @Override
  ColumnarBatch load() throws IOException {
    while (true) {
      if (batches == null) {
        if (!pieces.hasNext()) {
          return null;
        }
        FileSplit piece = pieces.next();
        batches =
            IpcBatches.open(
                Sources.openToRead(piece.file(), piece.split(), settings, readAheadBytes));
        batches.select(columns, piece.split().begin(), piece.split().end(), allocator);
        InputFileBlockHolder.set(
            piece.file().name(), piece.split().begin(), piece.split().length());
      }
      if (batches.next()) {
        return new ColumnarBatch(
            batches.root().getFieldVectors().stream()
                .map((FieldVector vector) -> new ReaderOwnedColumn(vector))
                .toArray(ColumnVector[]::new),
            batches.root().getRowCount());
      }
      closePiece();
    }
  }

  @Override
  void closePiece() throws IOException {
    if (batches != null) {
      IpcBatches ended = batches;
      batches = null;
      ended.close();
    }
  }
}
