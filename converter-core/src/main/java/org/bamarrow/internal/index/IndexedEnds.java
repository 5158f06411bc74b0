package org.bamarrow.internal.index;

import static org.bamarrow.internal.bam.RecordFinder.NONE;

import java.io.IOException;
import org.bamarrow.errors.Worded;
import org.bamarrow.errors.Wording;
import org.bamarrow.internal.bam.RecordFinder;
import org.bamarrow.internal.bam.RecordFinder.Proof;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.ReadBudget;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.BamRange;
import org.bamarrow.internal.read.RangeEnd;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.VirtualOffset;

/**
 * Checks, while ranges of an index are read, that each ends at the start of a record. One thread at
 * a time.
 */
public final class IndexedEnds implements RangeEnd {
  private final String index;
  private final BamInput input;
  private final RecordFinder finder;

  /** Limits of one lookup: a record after a few empty blocks. */
  private final ReadBudget budget;

  /**
   * @param index name of the index file
   * @param inflater owned by the caller
   * @param maxRecord maximum block_size of a record
   */
  public IndexedEnds(String index, BamInput input, BlockInflater inflater, int maxRecord) {
    this.index = index;
    this.input = input;
    this.budget = new ReadBudget(Long.MAX_VALUE, maxRecord + (1L << 20), 1 << 16);
    this.finder =
        new RecordFinder(input.source(), input.header(), inflater, maxRecord, Proof.QUICK);
  }

  RecordFinder finder() {
    return finder;
  }

  /**
   * @throws UnusableIndexException if no record starts at the end of the range
   */
  @Override
  public void reached(BamRange range, long next) throws IOException {
    if (goTo(range.end()) != next) {
      throw unusable(
          "no record starts at virtual offset %d, where a chunk of the index ends"
              .formatted(range.end()));
    }
  }

  /**
   * Moves to a virtual offset of the index. Errors in the file there are attributed to the index.
   */
  long goTo(long offset) throws IOException {
    long size = input.source().size();
    if (size != ByteSource.UNKNOWN_SIZE && VirtualOffset.block(offset) > size) {
      throw unusable(
          "virtual offset " + offset + " is past the end of the file of " + size + " bytes");
    }
    try {
      finder.limit(budget);
      long found = finder.goTo(offset);
      if (found != NONE && found != offset && VirtualOffset.within(offset) != 0) {
        throw unusable("virtual offset " + offset + " is past the end of its block");
      }
      return found;
    } catch (BamFormatException | ReadBudget.SpentException e) {
      throw unusable(
          "no valid block starts at virtual offset "
              + offset
              + " ("
              + Worded.message(e, Wording.NONE)
              + ")");
    }
  }

  /** The first record at or after byte {@code position}, as {@link RecordFinder#find} finds it. */
  long find(long position) throws IOException {
    try {
      finder.limit(budget);
      return finder.find(position);
    } catch (BamFormatException | ReadBudget.SpentException e) {
      throw unusable(
          "no valid record found after byte "
              + position
              + " ("
              + Worded.message(e, Wording.NONE)
              + ")");
    }
  }

  private UnusableIndexException unusable(String reason) {
    return new UnusableIndexException(index, reason);
  }
}
