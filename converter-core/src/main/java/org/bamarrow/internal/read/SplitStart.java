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
 * @param range its records, with the chunks of the whole file
 * @param passed the blocks of the split before the one where its first record starts. They belong
 *     to a record of an earlier split, whose reader inflates them, but count here, so that every
 *     block of a file counts once
 */
public record SplitStart(BamRange range, ReadStatistics passed) {
  static SplitStart atOnce(BamRange range) {
    return new SplitStart(range, passed(0, 0, 0));
  }

  /**
   * Hops along the blocks from the split's first one, as a reader of the whole file would, to the
   * one where the first record starts, or to the split's end where none does.
   *
   * @param first 0-based position of the first block
   */
  static SplitStart behind(long first, BamRange range, BatchOptions batches) throws IOException {
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
          BamRange on = new BamRange(range.input(), range.start(), range.end(), lead);
          return new SplitStart(on, passed(blocks, chunk.position(i) - first, inflated));
        }
        blocks++;
        lead += chunk.inflatedLength(i);
        inflated += chunk.inflatedLength(i);
      }
    }
    return new SplitStart(range, passed(blocks, reader.position() - first, inflated));
  }

  private static ReadStatistics passed(long blocks, long bytes, long inflated) {
    return new ReadStatistics(0, 0, 0, blocks, bytes, inflated, FileEnd.MARKER, 0, Map.of());
  }
}
