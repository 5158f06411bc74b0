package org.bamarrow.convert;

import java.io.Serializable;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;

/**
 * Where record batches end. The boundaries depend on the file and on these numbers alone, not on
 * the number of threads: a batch ends at the first record that starts at or past each multiple of
 * {@code chunkBytes} in the compressed file, or earlier at {@code rows} rows or where {@code
 * inflatedBytes} is reached.
 *
 * @param rows maximum rows per record batch, 1 or more
 * @param chunkBytes compressed size of a chunk, 64 KiB to 1 GiB: record batches are cut at its
 *     multiples, and it is the unit of work of one worker
 * @param inflatedBytes maximum inflated bytes of a chunk, 64 KiB (one BGZF block) to 512 MiB
 */
public record BatchOptions(int rows, int chunkBytes, int inflatedBytes) implements Serializable {
  /** Minimum of {@link #chunkBytes} and {@link #inflatedBytes}: one BGZF block, 64 KiB. */
  public static final int MIN_BYTES = 1 << 16;

  private static final BatchOptions DEFAULTS = new BatchOptions(20_000, 1 << 19, 8 << 20);

  /**
   * Checks the values.
   *
   * @param rows maximum rows per record batch, 1 or more
   * @param chunkBytes compressed size of a chunk, 64 KiB to 1 GiB
   * @param inflatedBytes maximum inflated bytes of a chunk, 64 KiB (one BGZF block) to 512 MiB
   * @throws OptionException if one is out of its range
   */
  public BatchOptions {
    Checks.require(rows >= 1, OptionKey.BATCH_ROWS, rows, "at least 1");
    Checks.bytes(OptionKey.CHUNK_BYTES, chunkBytes, MIN_BYTES, 1 << 30);
    Checks.bytes(OptionKey.BATCH_BYTES, inflatedBytes, MIN_BYTES, 1 << 29);
  }

  /** {@return 20,000 rows, chunks of 512 KiB that inflate to at most 8 MiB} */
  public static BatchOptions defaults() {
    return DEFAULTS;
  }

  /**
   * {@return a copy with another number of rows}
   *
   * @param value maximum rows per record batch, 1 or more
   */
  public BatchOptions withRows(int value) {
    return new BatchOptions(value, chunkBytes, inflatedBytes);
  }

  /**
   * {@return a copy with another compressed size of chunks}
   *
   * @param value compressed bytes of a chunk, 64 KiB to 1 GiB
   */
  public BatchOptions withChunkBytes(int value) {
    return new BatchOptions(rows, value, inflatedBytes);
  }

  /**
   * {@return a copy with another maximum inflated size of chunks}
   *
   * @param value maximum inflated bytes of a chunk, 64 KiB to 512 MiB
   */
  public BatchOptions withInflatedBytes(int value) {
    return new BatchOptions(rows, chunkBytes, value);
  }
}
