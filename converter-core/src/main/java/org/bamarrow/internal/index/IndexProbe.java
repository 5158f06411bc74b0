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
 * Looks at the one record of a BAM that stands where an index points to. What is wrong there is the
 * index's fault until proven. One thread at a time.
 */
final class IndexProbe {
  private final String index;
  private final BamInput input;
  private final IndexedEnds places;
  private final FoundRecord record;
  private final CigarView cigar = new CigarView();

  /**
   * @param index the index file's name
   */
  IndexProbe(String index, BamInput input, IndexedEnds places) {
    this.index = index;
    this.input = input;
    this.places = places;
    this.record = new FoundRecord(places.finder(), input.header(), input.source().name());
  }

  /** Goes to a virtual offset; {@link RecordFinder#NONE} where the file ends before it. */
  long goTo(long offset) throws IOException {
    return places.goTo(offset);
  }

  /** Goes to the first record at or behind a byte of the file. */
  long find(long position) throws IOException {
    return places.find(position);
  }

  /** Goes on to the record here; false where none is sound. */
  boolean next() throws IOException {
    try {
      return places.finder().next();
    } catch (BamFormatException | ReadBudget.SpentException e) {
      throw unusable(
          "no sound record can be read from it (" + Worded.message(e, Wording.NONE) + ")");
    }
  }

  /** Virtual offset behind the record. */
  long nextOffset() throws IOException {
    return places.finder().nextOffset();
  }

  /** Whether a filter accepts the record. */
  boolean accepted(RecordFilter filter) throws IOException {
    try {
      return filter.accepts(record, 0);
    } catch (BamFormatException e) {
      throw unusable("no sound record can be read from it (" + e.getMessage() + ")");
    }
  }

  /** Whether the record lies among the positions of a range. */
  boolean fits(IndexChunk range) {
    if (range.from() < 0) {
      return pos() < 0;
    }
    long first = Math.max(0, pos());
    return first >= range.from() && Math.max(first + 1, end(range)) <= range.to();
  }

  /** Where a CIGAR is damaged, whoever reads the record says so. */
  private long end(IndexChunk range) {
    try {
      return range.to() == Long.MAX_VALUE ? 0 : cigar.end(record, 0);
    } catch (BamFormatException damaged) {
      return 0;
    }
  }

  /** The record's refID; -1: none. */
  int referenceId() {
    return int32(RecordLayout.REF_ID);
  }

  /** The record's POS, 0-based; -1: none. */
  int pos() {
    return int32(RecordLayout.POS);
  }

  private int int32(int field) {
    return LittleEndian.int32(places.finder().data(), places.finder().start() + field);
  }

  /** Reference and 1-based position of the record, for errors. */
  String place() {
    int id = referenceId();
    String name = id < 0 ? "*" : input.header().references().get(id).name();
    return name + ":" + (pos() + 1L);
  }

  UnusableIndexException noRecordAt(long offset) {
    return unusable("no sound record stands at virtual offset " + offset);
  }

  UnusableIndexException unusable(String reason) {
    return new UnusableIndexException(index, reason);
  }
}
