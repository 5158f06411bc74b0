package org.bamarrow.convert;

import java.io.Serializable;

/**
 * Where record batches end. The boundaries depend on the file and on these numbers alone, never on
 * threads: a batch ends at the first record that starts at or past each multiple of {@code
 * chunkBytes} in the compressed file, or earlier at {@code rows} rows or where {@code
 * inflatedBytes} is reached.
 *
 * @param rows most rows of a batch
 * @param chunkBytes grid in the compressed file, in bytes; also the unit of work of one worker
 * @param inflatedBytes most inflated bytes of a chunk, at least one BGZF block
 */
public record BatchOptions(int rows, int chunkBytes, int inflatedBytes) implements Serializable {
  public static final BatchOptions DEFAULT = new BatchOptions(20_000, 1 << 19, 8 << 20);

  public BatchOptions {
    if (rows < 1
        || chunkBytes < 1 << 16
        || chunkBytes > 1 << 30
        || inflatedBytes < 1 << 16
        || inflatedBytes > 1 << 29) {
      throw new IllegalArgumentException(
          "batches need at least 1 row, chunks of 64 KiB to 1 GiB and 64 KiB to 512 MiB inflated");
    }
  }
}
