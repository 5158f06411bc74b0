package org.bamarrow.spark.read;

import java.io.Closeable;
import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.bamarrow.internal.engine.RecordBatches;
import org.slf4j.LoggerFactory;

/** Reads the records of one split as batches, with the core's sequential reader. */
final class SplitReader implements Closeable {
  private final OpenSplit split;
  private final BufferAllocator memory;
  private final RecordBatches batches;
  private VectorSchemaRoot root;
  private VectorLoader loader;

  /**
   * @param split owned from here on
   * @param memory stays the caller's
   */
  SplitReader(OpenSplit split, BufferAllocator memory) {
    this.split = split;
    this.memory = memory;
    this.batches =
        new RecordBatches(
            split.conversion(),
            split.scope(),
            memory,
            warning -> LoggerFactory.getLogger(SplitReader.class).warn(warning));
  }

  /** Loads the next rows into the root; false behind the last. */
  boolean loadNextBatch() throws IOException {
    root().setRowCount(0);
    try (ArrowRecordBatch batch = batches.next()) {
      if (batch != null) {
        loader.load(batch);
      }
      return batch != null;
    }
  }

  /** The same one for all batches, owned by this reader. */
  VectorSchemaRoot root() throws IOException {
    if (root == null) {
      root = VectorSchemaRoot.create(batches.schema(), memory);
      loader = new VectorLoader(root);
    }
    return root;
  }

  /** Adds the metrics of what has been read so far. */
  void addTo(TaskMetrics metrics) {
    metrics.add(batches.statistics(), split.alongIndex());
  }

  @Override
  public void close() throws IOException {
    try (split;
        batches) {
      if (root != null) {
        root.close();
      }
    }
  }
}
