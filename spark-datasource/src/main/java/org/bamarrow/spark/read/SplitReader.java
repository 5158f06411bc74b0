package org.bamarrow.spark.read;

import java.io.Closeable;
import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.bamarrow.BamArrowReader;

/** The records of one piece as batches, read by the core's sequential reader. */
final class SplitReader implements Closeable {
  private final OpenSplit piece;
  private final BamArrowReader reader;

  /**
   * @param piece owned from here on
   */
  SplitReader(OpenSplit piece, BufferAllocator memory) {
    this.piece = piece;
    this.reader = new BamArrowReader(piece.conversion(), piece.scope(), memory);
  }

  boolean loadNextBatch() throws IOException {
    return reader.loadNextBatch();
  }

  VectorSchemaRoot root() throws IOException {
    return reader.getVectorSchemaRoot();
  }

  /** Adds what has been read and done so far. */
  void addTo(TaskMetrics metrics) {
    metrics.add(reader.statistics(), piece.alongIndex());
  }

  @Override
  public void close() throws IOException {
    try (piece) {
      reader.close();
    }
  }
}
