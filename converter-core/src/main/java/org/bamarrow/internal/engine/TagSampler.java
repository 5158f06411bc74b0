package org.bamarrow.internal.engine;

import java.io.IOException;
import java.util.List;
import org.bamarrow.internal.bam.FoundRecord;
import org.bamarrow.internal.bam.RecordFinder;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.ReadBudget;
import org.bamarrow.internal.column.TagCounts;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.VirtualOffset;
import org.slf4j.LoggerFactory;

/**
 * Tags and types from a sample of the records ({@code --tags auto}). Tags that the sample does not
 * contain go to {@code other_tags}, so nothing is lost. The sample depends on the file only:
 *
 * <ul>
 *   <li>a stream, or a file of at most {@link #HEAD_BYTES}: the records that start in its first
 *       {@link #HEAD_BYTES}, at most {@link #HEAD_RECORDS};
 *   <li>a larger file: the first records and those at up to {@link #POSITIONS} positions, evenly
 *       distributed from the header to the end; at each the records that start within {@link
 *       #POSITION_BYTES}, at least one and at most {@link #POSITION_RECORDS}.
 * </ul>
 *
 * <p>A position at which nothing can be read is skipped: if the file is damaged there, the
 * conversion reports it. So are records too far after a position ({@link #MAX_READ}), such as after
 * many empty blocks. I/O errors of the source are thrown.
 */
public final class TagSampler implements AutoCloseable {
  /** Compressed bytes sampled after the header of a stream or small file. */
  static final int HEAD_BYTES = 1 << 20;

  static final int HEAD_RECORDS = 20_000;

  /** Maximum number of positions after the first records of a file. */
  public static final int POSITIONS = 40;

  /** Minimum distance of two positions, in compressed bytes. */
  static final int MIN_DISTANCE = 1 << 18;

  /** Compressed bytes sampled at each position. */
  static final int POSITION_BYTES = 1 << 17;

  static final int POSITION_RECORDS = 300;

  /** Maximum to read at a position: enough for a record of many megabytes. */
  public static final ReadBudget MAX_READ = new ReadBudget(16 << 20, 32 << 20, 1 << 15);

  private final ByteSource source;
  private final long from;
  private final RecordFinder finder;
  private final RecordSlice row;
  private final TagCounts counts;

  private TagSampler(BamInput input, BlockInflater inflater, int maxRecord, TagCounts counts) {
    this.counts = counts;
    source = input.source();
    from = VirtualOffset.block(input.header().firstRecord());
    finder =
        new RecordFinder(source, input.header(), inflater, maxRecord, RecordFinder.Proof.QUICK);
    row = new FoundRecord(finder, input.header(), source.name());
  }

  /**
   * Counts the tags of the samples of all inputs together.
   *
   * @param maxRecord maximum block_size of a record
   */
  public static TagCounts sample(List<BamInput> inputs, BlockInflater inflater, int maxRecord)
      throws IOException {
    TagCounts counts = new TagCounts();
    for (BamInput input : inputs) {
      try (TagSampler sampler = new TagSampler(input, inflater, maxRecord, counts)) {
        sampler.sample();
      }
    }
    return counts;
  }

  @Override
  public void close() {
    finder.close();
  }

  private void sample() throws IOException {
    long size = source.size();
    if (size == ByteSource.UNKNOWN_SIZE || size - from <= HEAD_BYTES) {
      sampleAt(from, HEAD_BYTES, HEAD_RECORDS);
      return;
    }
    sampleAt(from, POSITION_BYTES, POSITION_RECORDS);
    long last = size - POSITION_BYTES;
    long positions = Math.min(POSITIONS, (last - from) / MIN_DISTANCE);
    long step = (last - from) / positions;
    for (long position = positions - 1; position >= 0; position--) {
      sampleAt(last - position * step, POSITION_BYTES, POSITION_RECORDS);
    }
  }

  private void sampleAt(long position, int bytes, int records) throws IOException {
    try {
      finder.limit(MAX_READ);
      if (finder.find(position) == RecordFinder.NONE) {
        log(position, "no record found before the end of the file");
        return;
      }
      int count = 0;
      while (count < records && finder.next()) {
        if (count > 0 && VirtualOffset.block(row.virtualOffset(0)) >= position + bytes) {
          return;
        }
        counts.add(row);
        count++;
      }
      if (count < records && !finder.atEnd()) {
        log(position, "invalid record");
      }
    } catch (BamFormatException | ReadBudget.SpentException end) {
      log(position, end.getMessage());
    }
  }

  private static void log(long position, String why) {
    LoggerFactory.getLogger(TagSampler.class)
        .debug("Tag sample at byte {} ends early: {}", position, why);
  }
}
