package org.bamarrow.cli;

import org.bamarrow.convert.BatchOptions;
import org.bamarrow.errors.OptionKey;
import picocli.CommandLine.Option;

/** Where batches end; a mixin. */
final class BatchArguments {
  @Option(
      names = "--batch-rows",
      paramLabel = "N",
      description = "Maximum rows per record batch (default: 20000).")
  private Integer rows;

  @Option(
      names = "--chunk-bytes",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description =
          "Compressed bytes per chunk, the unit of work of a thread; a record batch ends at"
              + " each multiple of this in the BAM (default: 512K; minimum: 64K).")
  private Long chunkBytes;

  @Option(
      names = "--batch-bytes",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description =
          "Maximum inflated bytes per chunk, and so per record batch (default: 8M; 64K to"
              + " 512M).")
  private Long batchBytes;

  /**
   * @param base for what is not asked for
   */
  BatchOptions toBatchOptions(BatchOptions base) {
    return new BatchOptions(
        rows == null ? base.rows() : rows,
        SizeConverter.toInt(OptionKey.CHUNK_BYTES, chunkBytes, base.chunkBytes()),
        SizeConverter.toInt(OptionKey.BATCH_BYTES, batchBytes, base.inflatedBytes()));
  }
}
