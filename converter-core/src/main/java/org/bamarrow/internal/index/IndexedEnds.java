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
 * Proves, while ranges that an index told are read, that each ends where a record starts. One
 * thread at a time.
 */
public final class IndexedEnds implements RangeEnd {
  private final String index;
  private final BamInput input;
  private final RecordFinder finder;

  /** For one look: a record, behind a few empty blocks. */
  private final ReadBudget look;

  /**
   * @param index the index file's name
   * @param inflater stays the caller's
   * @param maxRecord the largest block_size to take for a record's
   */
  public IndexedEnds(String index, BamInput input, BlockInflater inflater, int maxRecord) {
    this.index = index;
    this.input = input;
    this.look = new ReadBudget(Long.MAX_VALUE, maxRecord + (1L << 20), 1 << 16);
    this.finder =
        new RecordFinder(input.source(), input.header(), inflater, maxRecord, Proof.QUICK);
  }

  RecordFinder finder() {
    return finder;
  }

  /**
   * @throws UnusableIndexException if no record starts where the range ends
   */
  @Override
  public void reached(BamRange range, long next) throws IOException {
    if (goTo(range.end()) != next) {
      throw unusable(
          "no record starts at virtual offset %d, where it tells that a run of records ends"
              .formatted(range.end()));
    }
  }

  /** What is wrong with the file where the index points to is the index's fault until proven. */
  long goTo(long offset) throws IOException {
    long size = input.source().size();
    if (size != ByteSource.UNKNOWN_SIZE && VirtualOffset.block(offset) > size) {
      throw unusable("virtual offset " + offset + " lies behind the file's " + size + " bytes");
    }
    try {
      finder.allow(look);
      long found = finder.goTo(offset);
      if (found != NONE && found != offset && VirtualOffset.within(offset) != 0) {
        throw unusable("virtual offset " + offset + " lies behind the end of its block");
      }
      return found;
    } catch (BamFormatException | ReadBudget.SpentException e) {
      throw unusable(
          "no sound block is at virtual offset "
              + offset
              + " ("
              + Worded.message(e, Wording.NONE)
              + ")");
    }
  }

  /** The first record at or behind byte {@code position}, as {@link RecordFinder#find} finds it. */
  long find(long position) throws IOException {
    try {
      finder.allow(look);
      return finder.find(position);
    } catch (BamFormatException | ReadBudget.SpentException e) {
      throw unusable(
          "no sound record is found behind byte "
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
