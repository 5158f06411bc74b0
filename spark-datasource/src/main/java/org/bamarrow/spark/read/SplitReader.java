package org.bamarrow.spark.read;

import java.io.Closeable;
import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.bamarrow.BamArrowReader;

/** Reads the records of one split as batches, with the core's sequential reader. */
final class SplitReader implements Closeable {
  private final OpenSplit split;
  private final BamArrowReader reader;

  /**
   * @param split owned from here on
   */
  SplitReader(OpenSplit split, BufferAllocator memory) {
    this.split = split;
    this.reader = new BamArrowReader(split.conversion(), split.scope(), memory);
  }

  boolean loadNextBatch() throws IOException {
    return reader.loadNextBatch();
  }

  VectorSchemaRoot root() throws IOException {
    return reader.getVectorSchemaRoot();
  }

  /** Adds the metrics of what has been read so far. */
  void addTo(TaskMetrics metrics) {
    metrics.add(reader.statistics(), split.alongIndex());
  }

  @Override
  public void close() throws IOException {
    try (split) {
      reader.close();
    }
  }
}
