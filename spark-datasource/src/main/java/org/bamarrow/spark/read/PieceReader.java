package org.bamarrow.spark.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.bamarrow.BamArrowReader;
import org.bamarrow.Conversion;
import org.bamarrow.ConvertOptions;
import org.bamarrow.RowOptions;
import org.bamarrow.io.ByteSource;
import org.bamarrow.read.BamSplit;
import org.bamarrow.read.ReadScope;
import org.bamarrow.read.SplitFinder;

/** One split, read by the core's sequential reader, which proves its end. */
final class PieceReader implements Closeable {
  private final SplitFinder finder;
  private final BamArrowReader reader;

  private PieceReader(SplitFinder finder, BamArrowReader reader) {
    this.finder = finder;
    this.reader = reader;
  }

  /**
   * Reads the header and finds the split's first record.
   *
   * @param source owned from here on, also where this fails
   * @param rows at most; {@link Long#MAX_VALUE}: all
   */
  static PieceReader open(
      ByteSource source, BamSplit split, ConvertOptions options, long rows, BufferAllocator memory)
      throws IOException {
    Conversion conversion =
        Conversion.forSplits(List.of(source), options.with(limited(options.rows(), rows)));
    SplitFinder finder = conversion.newSplitFinder();
    try {
      ReadScope scope =
          new ReadScope(List.of(finder.range(conversion.inputs().get(0), split)), finder, null);
      return new PieceReader(finder, new BamArrowReader(conversion, scope, memory));
    } catch (IOException | RuntimeException e) {
      try (conversion;
          finder) {
        throw e;
      }
    }
  }

  private static RowOptions limited(RowOptions all, long rows) {
    return new RowOptions(
        all.requireFlags(),
        all.excludeFlags(),
        all.excludeAllFlags(),
        all.minMapq(),
        all.readGroups(),
        all.tag(),
        all.tagValues(),
        all.names(),
        all.fraction(),
        all.seed(),
        rows == Long.MAX_VALUE ? -1 : rows);
  }

  boolean loadNextBatch() throws IOException {
    return reader.loadNextBatch();
  }

  VectorSchemaRoot root() throws IOException {
    return reader.getVectorSchemaRoot();
  }

  @Override
  public void close() throws IOException {
    try (finder) {
      reader.close();
    }
  }
}
