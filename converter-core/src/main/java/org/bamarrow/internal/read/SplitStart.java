package org.bamarrow.internal.read;

import java.io.IOException;
import java.util.Map;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.internal.bgzf.BlockHeader;
import org.bamarrow.internal.bgzf.FileEnd;
import org.bamarrow.internal.bgzf.RawChunk;
import org.bamarrow.internal.bgzf.RawChunkReader;
import org.bamarrow.io.VirtualOffset;

/**
 * A split whose first record has been found.
 *
 * @param range its records, divided into the same chunks as the whole file
 * @param passed counts of the blocks of the split before the block of its first record. They belong
 *     to a record of an earlier split, whose reader inflates them, but are counted here, so that
 *     every block of a file is counted once
 */
public record SplitStart(BamRange range, ReadStatistics passed) {
  static SplitStart of(BamRange range) {
    return new SplitStart(range, passed(0, 0, 0));
  }

  /**
   * Skips the blocks of the split before the block of its first record, or to the end of the split
   * if no record starts in it, with the chunks of a reader of the whole file.
   *
   * @param first 0-based file offset of the first block
   */
  static SplitStart after(long first, BamRange range, BatchOptions batches) throws IOException {
    RawChunkReader reader =
        new RawChunkReader(
            range.input().source(),
            first,
            batches.chunkBytes(),
            batches.inflatedBytes(),
            BlockHeader.MAX_BYTES,
            true);
    long target = VirtualOffset.block(Math.min(range.start(), range.end()));
    RawChunk chunk = new RawChunk();
    long blocks = 0;
    long inflated = 0;
    while (reader.position() <= target && reader.read(chunk)) {
      long lead = 0;
      for (int i = 0; i < chunk.blocks(); i++) {
        if (chunk.position(i) >= target) {
          BamRange rest = new BamRange(range.input(), range.start(), range.end(), lead);
          return new SplitStart(rest, passed(blocks, chunk.position(i) - first, inflated));
        }
        blocks++;
        lead += chunk.inflatedLength(i);
        inflated += chunk.inflatedLength(i);
      }
    }
    return new SplitStart(range, passed(blocks, reader.position() - first, inflated));
  }

  private static ReadStatistics passed(long blocks, long bytes, long inflated) {
    return new ReadStatistics(
        0, 0, Map.of(), 0, blocks, bytes, inflated, FileEnd.MARKER, 0, Map.of());
  }
}
