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
 * Tags and types from a sample of the records ({@code --tags auto}). What the sample does not show
 * goes to {@code other_tags}, so a sample may be wrong without loss. It depends on the file alone:
 *
 * <ul>
 *   <li>a stream, or a file of at most {@link #HEAD_BYTES}: the records that start in its first
 *       {@link #HEAD_BYTES}, at most {@link #HEAD_RECORDS};
 *   <li>a larger file: the first records and those at up to {@link #PLACES} places, evenly spread
 *       from the header to the end; at each those that start within {@link #PLACE_BYTES}, at least
 *       one and at most {@link #PLACE_RECORDS}.
 * </ul>
 *
 * <p>A place where nothing can be read is left out: if the file is damaged there, the conversion
 * says so better. So is what lies too far behind a place ({@link #MOST}), such as a record behind
 * many empty blocks. Errors of the source itself are thrown.
 */
public final class TagSampler implements AutoCloseable {
  /** Compressed bytes behind the header's block, of a stream or small file. */
  static final int HEAD_BYTES = 1 << 20;

  static final int HEAD_RECORDS = 20_000;

  /** Places behind the head of a file; fewer where they would be nearer than this many bytes. */
  public static final int PLACES = 40;

  static final int LEAST_DISTANCE = 1 << 18;

  /** Compressed bytes at each place. */
  static final int PLACE_BYTES = 1 << 17;

  static final int PLACE_RECORDS = 300;

  /** What a place may cost in all: room for a record of many megabytes. */
  public static final ReadBudget MOST = new ReadBudget(16 << 20, 32 << 20, 1 << 15);

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
   * @param maxRecord the largest block_size of a record
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
    sampleAt(from, PLACE_BYTES, PLACE_RECORDS);
    long last = size - PLACE_BYTES;
    long places = Math.min(PLACES, (last - from) / LEAST_DISTANCE);
    long step = (last - from) / places;
    for (long place = places - 1; place >= 0; place--) {
      sampleAt(last - place * step, PLACE_BYTES, PLACE_RECORDS);
    }
  }

  private void sampleAt(long position, int bytes, int records) throws IOException {
    try {
      finder.limit(MOST);
      if (finder.find(position) == RecordFinder.NONE) {
        log(position, "no record starts here before the end of the file");
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
        log(position, "no record follows where one should");
      }
    } catch (BamFormatException | ReadBudget.SpentException end) {
      log(position, end.getMessage());
    }
  }

  private static void log(long position, String why) {
    LoggerFactory.getLogger(TagSampler.class)
        .debug("The tag sample from byte {} on ends early: {}", position, why);
  }
}
