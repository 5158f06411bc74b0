package org.bamarrow.index;

import static org.bamarrow.bam.RecordFinder.NONE;

import java.io.IOException;
import java.util.List;
import org.bamarrow.BamFormatException;
import org.bamarrow.Worded;
import org.bamarrow.Wording;
import org.bamarrow.bam.BamHeader;
import org.bamarrow.bam.RecordLayout;
import org.bamarrow.bgzf.BlockInflater;
import org.bamarrow.io.LittleEndian;
import org.bamarrow.read.BamInput;
import org.bamarrow.read.BamRange;
import org.bamarrow.read.RangeEnd;

/**
 * Sets an index beside the BAM that it should belong to. It is this file's as far as can be told
 * without reading the file if
 *
 * <ul>
 *   <li>it has the header's number of references (n_ref is that number, SAM specification 5.2, so
 *       fewer are not legal either) and can hold their lengths,
 *   <li>its first record is the file's first, and behind its last one the unplaced records begin or
 *       the file ends, as n_no_coor says,
 *   <li>where a range to be read starts, a sound block with a sound record stands, of the reference
 *       and among the positions that the index tells,
 *   <li>where it ends, the next sound record stands, or the file ends.
 * </ul>
 *
 * While the ranges are read, the chain of their records must lead to these ends ({@link RangeEnd}).
 * One thread at a time.
 */
public final class IndexCheck implements RangeEnd {
  private final BamIndex index;
  private final BamInput input;
  private final IndexedEnds places;

  /**
   * @param inflater stays the caller's
   * @param maxRecord the largest block_size to take for a record's
   */
  public IndexCheck(BamIndex index, BamInput input, BlockInflater inflater, int maxRecord) {
    this.index = index;
    this.input = input;
    this.places = new IndexedEnds(index.name(), input, inflater, maxRecord);
  }

  /**
   * Checks the index as a whole and where the ranges start and end.
   *
   * @throws UnusableIndexException if it is not this file's
   */
  public void check(List<IndexChunk> ranges) throws IOException {
    if (index instanceof BinningIndex bins) {
      checkWhole(bins);
    } else {
      checkWhole((SplittingIndex) index);
    }
    for (IndexChunk range : ranges) {
      checkStart(range);
      if (range.end() != BamRange.TO_END) {
        checkRecord(range.end());
      }
    }
  }

  /**
   * Checks that a sound record stands at a virtual offset, or that the file ends there.
   *
   * @throws UnusableIndexException if not
   */
  public void checkRecord(long offset) throws IOException {
    if (goTo(offset) != NONE && !next()) {
      throw noRecordAt(offset);
    }
  }

  private void checkWhole(SplittingIndex starts) throws IOException {
    long size = input.source().size();
    if (starts.fileSize() != size) {
      throw unusable(
          "it was made for a file of %d bytes, this one has %d".formatted(starts.fileSize(), size));
    }
    long[] offsets = starts.offsets();
    checkFirst(offsets.length == 0 ? starts.end() : offsets[0]);
    if (goTo(starts.end()) != NONE) {
      throw unusable("the file goes on behind the last record that the index knows");
    }
  }

  private void checkWhole(BinningIndex bins) throws IOException {
    BamHeader header = input.header();
    int references = header.references().size();
    if (bins.references() != references) {
      throw unusable(
          "it has %d references, the file's header has %d"
              .formatted(bins.references(), references));
    }
    for (BamHeader.Reference reference : header.references()) {
      if (reference.length() > bins.span()) {
        throw unusable(
            "reference %s has %d bases, such an index reaches to %d (samtools index -c makes one"
                    .formatted(reference.name(), reference.length(), bins.span())
                + " that reaches further)");
      }
    }
    for (int id = 0; id < references; id++) {
      IndexChunk whole = bins.wholeReference(id);
      if (whole != null) {
        checkFirst(whole.start());
        break;
      }
    }
    checkUnplaced(bins);
  }

  private void checkFirst(long offset) throws IOException {
    if (goTo(offset) != places.finder().goTo(input.header().firstRecord())) {
      throw unusable(
          "its first record is at virtual offset %d, the file's at %d"
              .formatted(offset, input.header().firstRecord()));
    }
  }

  private void checkUnplaced(BinningIndex bins) throws IOException {
    long start = Math.max(bins.unplacedStart(), input.header().firstRecord());
    boolean ends = goTo(start) == NONE;
    long count = bins.unplacedCount();
    if (ends ? count > 0 : count == 0) {
      throw unusable(
          "it knows %d unplaced records, but behind its last reference the file %s"
              .formatted(count, ends ? "ends" : "goes on"));
    }
    if (!ends) {
      checkStart(IndexChunk.unplaced(start));
    }
  }

  private void checkStart(IndexChunk range) throws IOException {
    long start = range.start();
    if (goTo(start) == NONE) {
      if (range.referenceId() == IndexChunk.UNPLACED) {
        return; // there are none
      }
      throw unusable(
          "the file ends before virtual offset " + start + ", where it tells of records");
    }
    if (!next()) {
      throw noRecordAt(start);
    }
    byte[] data = places.finder().data();
    int id = LittleEndian.int32(data, places.finder().start() + RecordLayout.REF_ID);
    int pos = Math.max(0, LittleEndian.int32(data, places.finder().start() + RecordLayout.POS));
    boolean fits = id < 0 || pos >= range.from() && pos < range.to();
    if (range.referenceId() != IndexChunk.ANY && (id != range.referenceId() || !fits)) {
      throw unusable(
          "the record at virtual offset %d lies at %s:%d, not where it says"
              .formatted(
                  start, id < 0 ? "*" : input.header().references().get(id).name(), pos + 1L));
    }
  }

  /** The ends of chunks are starts of records, too. */
  @Override
  public void reached(BamRange range, long next) throws IOException {
    places.reached(range, next);
  }

  private long goTo(long offset) throws IOException {
    return places.goTo(offset);
  }

  private boolean next() throws IOException {
    try {
      return places.finder().next();
    } catch (BamFormatException e) {
      throw unusable(
          "no sound record can be read from it (" + Worded.message(e, Wording.NONE) + ")");
    }
  }

  private UnusableIndexException noRecordAt(long offset) {
    return unusable("no sound record stands at virtual offset " + offset);
  }

  private UnusableIndexException unusable(String reason) {
    return new UnusableIndexException(index.name(), reason);
  }
}
