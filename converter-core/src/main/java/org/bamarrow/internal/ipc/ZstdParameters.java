package org.bamarrow.internal.ipc;

import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * Compression parameters of zstd for one kind of data. They were chosen by measurement
 * (docs/performance.md, "Compressed output").
 *
 * @param strategy 1: fast; 2: double fast
 * @param minMatch minimum length of a match in bytes
 * @param hashLog binary logarithm of the number of hash table entries
 * @param chainLog the same of the second table of strategy 2
 */
record ZstdParameters(int strategy, int minMatch, int hashLog, int chainLog) {
  /** The level of all other parameters, and of everything where they cannot be set. */
  static final int BASE_LEVEL = 1;

  private static final boolean AVAILABLE = available();
  private static final int FAST = 1;
  private static final int DOUBLE_FAST = 2;

  /** Average bytes per row from which a column is one of long reads. */
  private static final int LONG_READ = 1000;

  /** Overlapping reads follow each other, so that a small table has the nearest match. */
  private static final ZstdParameters BASES = new ZstdParameters(FAST, 7, 8, 6);

  /** Hardly any matches: little is lost by not looking for them. */
  private static final ZstdParameters QUALITIES = new ZstdParameters(FAST, 7, 10, 6);

  /** Runs of the most frequent quality, which match the bytes just before them. */
  private static final ZstdParameters BINNED_QUALITIES = new ZstdParameters(FAST, 7, 6, 6);

  /** Number of bytes by which binned qualities are recognized, and maximum number of bins. */
  private static final int SAMPLE = 4096;

  private static final int MAX_BINS = 8;

  private static final ZstdParameters LONG_READS = new ZstdParameters(DOUBLE_FAST, 7, 14, 10);
  private static final ZstdParameters TEXT = new ZstdParameters(FAST, 7, 12, 6);
  private static final ZstdParameters NUMBERS = new ZstdParameters(FAST, 6, 12, 6);

  /** Huffman coding, with nothing to match. */
  static final ZstdParameters LITERALS = new ZstdParameters(FAST, 7, 6, 6);

  /**
   * The parameters for a buffer of a batch.
   *
   * @param rows number of rows of the batch
   * @param source from 0 to its capacity
   */
  static ZstdParameters of(BufferKind kind, int rows, ByteBuffer source) {
    boolean longReads = source.capacity() / LONG_READ >= Math.max(1, rows);
    return switch (kind) {
      case BASES -> longReads ? LONG_READS : BASES;
      case QUALITIES -> longReads ? LONG_READS : areBinned(source) ? BINNED_QUALITIES : QUALITIES;
      case TEXT -> TEXT;
      case INT32, OTHER -> NUMBERS;
    };
  }

  private static boolean areBinned(ByteBuffer source) {
    BitSet values = new BitSet();
    for (int i = 0; i < Math.min(SAMPLE, source.capacity()); i++) {
      values.set(source.get(i) & 0xFF);
    }
    return values.cardinality() <= MAX_BINS;
  }

  /** Sets the parameters where zstd-jni can: from 1.5.6 on. */
  void applyTo(ZstdCompressCtx context) {
    if (AVAILABLE) {
      context.setStrategy(strategy).setMinMatch(minMatch).setHashLog(hashLog).setChainLog(chainLog);
    }
  }

  private static boolean available() {
    try {
      ZstdCompressCtx.class.getMethod("setMinMatch", int.class);
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }
}
