package org.bamarrow.internal.index;

import java.io.IOException;
import org.bamarrow.errors.Worded;
import org.bamarrow.errors.Wording;
import org.bamarrow.internal.bam.CigarView;
import org.bamarrow.internal.bam.FoundRecord;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bam.RecordFinder;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.internal.bgzf.ReadBudget;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.io.BamFormatException;

/**
 * Reads single records of a BAM at offsets of an index. Errors there are attributed to the index.
 * One thread at a time.
 */
final class IndexProbe {
  private final String index;
  private final BamInput input;
  private final IndexedEnds ends;
  private final FoundRecord record;
  private final CigarView cigar = new CigarView();

  /**
   * @param index name of the index file
   */
  IndexProbe(String index, BamInput input, IndexedEnds ends) {
    this.index = index;
    this.input = input;
    this.ends = ends;
    this.record = new FoundRecord(ends.finder(), input.header(), input.source().name());
  }

  /** Moves to a virtual offset; {@link RecordFinder#NONE} if the file ends before it. */
  long goTo(long offset) throws IOException {
    return ends.goTo(offset);
  }

  /** Moves to the first record at or after a byte of the file. */
  long find(long position) throws IOException {
    return ends.find(position);
  }

  /** Advances to the next record; false if it is not valid. */
  boolean next() throws IOException {
    try {
      return ends.finder().next();
    } catch (BamFormatException | ReadBudget.SpentException e) {
      throw unusable(
          "no valid record at an offset of the index (" + Worded.message(e, Wording.NONE) + ")");
    }
  }

  /** Virtual offset after the record. */
  long nextOffset() throws IOException {
    return ends.finder().nextOffset();
  }

  /** Whether a filter accepts the record. */
  boolean accepted(RecordFilter filter) throws IOException {
    try {
      return filter.accepts(record, 0);
    } catch (BamFormatException e) {
      throw unusable(
          "no valid record at an offset of the index (" + Worded.message(e, Wording.NONE) + ")");
    }
  }

  /** Whether the record is within the positions of a range. */
  boolean fits(IndexChunk range) {
    if (range.from() < 0) {
      return pos() < 0;
    }
    long first = Math.max(0, pos());
    return first >= range.from() && Math.max(first + 1, end(range)) <= range.to();
  }

  /** An invalid CIGAR is reported when the record is read. */
  private long end(IndexChunk range) {
    try {
      return range.to() == Long.MAX_VALUE ? 0 : cigar.end(record, 0);
    } catch (BamFormatException damaged) {
      return 0;
    }
  }

  /** The record's refID; -1 if it has none. */
  int referenceId() {
    return int32(RecordLayout.REF_ID);
  }

  /** The record's 0-based POS; -1 if it has none. */
  int pos() {
    return int32(RecordLayout.POS);
  }

  private int int32(int field) {
    return LittleEndian.int32(ends.finder().data(), ends.finder().start() + field);
  }

  /** Reference and 1-based position of the record, for errors. */
  String position() {
    int id = referenceId();
    String name = id < 0 ? "*" : input.header().references().get(id).name();
    return name + ":" + (pos() + 1L);
  }

  UnusableIndexException noRecordAt(long offset) {
    return unusable("no valid record starts at virtual offset " + offset);
  }

  UnusableIndexException unusable(String reason) {
    return new UnusableIndexException(index, reason);
  }
}
