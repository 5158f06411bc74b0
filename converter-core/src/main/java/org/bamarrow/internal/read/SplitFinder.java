package org.bamarrow.internal.read;

import static org.bamarrow.internal.read.BamRange.TO_END;

import java.io.IOException;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Remedy;
import org.bamarrow.internal.bam.RecordFinder;
import org.bamarrow.internal.bgzf.BlockFinder;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.VirtualOffset;

/**
 * Finds where the records of a split start, and verifies where they end. A start that was found is
 * a hypothesis, since BAM has no record markers. So the reader of each split, once it has reached
 * the first record after its own, checks that the reader of the next split finds the same record,
 * with the same finder at the same offset. The first split starts after the header, which is
 * certain: if every split of a file has been read to its end, every record has been read exactly
 * once. A split in which no record starts is verified when it is opened. Not thread-safe.
 */
public final class SplitFinder implements RangeEnd, AutoCloseable {
  private final BlockInflater inflater;
  private final int maxRecord;

  /**
   * @param inflater owned by the finder
   * @param maxRecord maximum block_size of a record
   */
  public SplitFinder(BlockInflater inflater, int maxRecord) {
    this.inflater = inflater;
    this.maxRecord = maxRecord;
  }

  /**
   * The records of a split.
   *
   * @throws BamFormatException if no record starts in it and the reader of the next split would
   *     start at another record, or if a block is damaged that the search reads
   */
  public BamRange range(BamInput input, BamSplit split) throws IOException {
    long size = input.source().size();
    long end = size >= 0 && split.end() >= size ? TO_END : VirtualOffset.of(split.end());
    long first = input.header().firstRecord();
    boolean afterHeader = split.begin() <= VirtualOffset.block(first);
    if (afterHeader && first < end) {
      return new BamRange(input, first, end);
    }
    long start = find(input, split.begin());
    BamRange range = new BamRange(input, start == RecordFinder.NONE ? TO_END : start, end);
    if (range.isEmpty() && end != TO_END) {
      reached(range, start); // it has no reader, so its end is verified here
    }
    return range;
  }

  /**
   * The records of a split, to be read with the same chunks as when the whole file is read.
   *
   * @param split begins at 0 or at a multiple of {@code chunkBytes}
   * @throws BamFormatException as {@link #range}
   */
  public SplitStart start(BamInput input, BamSplit split, BatchOptions batches) throws IOException {
    BamRange range = range(input, split);
    if (range.start() == input.header().firstRecord()) {
      return SplitStart.of(range);
    }
    long first = new BlockFinder(input.source(), inflater).find(split.begin());
    return first == BlockFinder.NONE || first >= VirtualOffset.block(range.end())
        ? SplitStart.of(range)
        : SplitStart.after(first, range, batches);
  }

  @Override
  public void reached(BamRange range, long next) throws IOException {
    BamInput input = range.input();
    long expected = find(input, VirtualOffset.block(range.end()));
    if (expected != next) {
      throw new BamFormatException(
          input.source().name(),
          range.end(),
          "the split that ends here is followed by "
              + place(next)
              + ", but the reader of the next split finds "
              + place(expected),
          Remedy.of("no record is lost or duplicated, but this file cannot be split here")
              .or("read it as a whole: ", OptionKey.STRATEGY.setTo("pipeline"))
              .or("read it as a whole: ", OptionKey.SPLITTING.setTo("file"))
              .or("split it with an index: ", OptionKey.SPLITTING.setTo("index")));
    }
  }

  private static String place(long record) {
    return record == RecordFinder.NONE
        ? "no record"
        : String.format(
            "the record at virtual offset %d (block at byte %d, offset %d in it)",
            record, VirtualOffset.block(record), VirtualOffset.within(record));
  }

  private long find(BamInput input, long position) throws IOException {
    try (RecordFinder finder =
        new RecordFinder(
            input.source(), input.header(), inflater, maxRecord, RecordFinder.Proof.STRICT)) {
      return finder.find(position);
    }
  }

  @Override
  public void close() {
    inflater.close();
  }
}
