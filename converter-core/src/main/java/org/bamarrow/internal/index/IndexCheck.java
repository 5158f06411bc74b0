package org.bamarrow.internal.index;

import static org.bamarrow.internal.bam.RecordFinder.NONE;

import java.io.IOException;
import java.util.LinkedHashSet;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.filter.RegionFilter;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.BamRange;
import org.bamarrow.internal.read.RangeEnd;
import org.bamarrow.io.VirtualOffset;

/**
 * Sets an index beside the BAM that it should belong to. It is this file's as far as can be told
 * without reading the file if
 *
 * <ul>
 *   <li>it has the header's number of references (n_ref is that number, SAM specification 5.2, so
 *       fewer are not legal either) and can hold their lengths,
 *   <li>it agrees with itself ({@link SelfCheck}),
 *   <li>its first record is the file's first, and behind its last one the unplaced records begin or
 *       the file ends, as n_no_coor says,
 *   <li>where a range to be read starts, a sound block with a sound record stands, of the reference
 *       and among the positions that the index tells,
 *   <li>where it ends, the next sound record stands, which is none of those wanted, or the file
 *       ends,
 *   <li>and where records lie nearby that are not to be read, the first one is where it tells.
 * </ul>
 *
 * While the ranges are read, the chain of their records must lead to these ends ({@link RangeEnd}).
 * One thread at a time.
 */
public final class IndexCheck implements RangeEnd {
  /** Compressed bytes of a chunk's end that are looked at: one block, or two. */
  private static final int LAST_BYTES = 1 << 16;

  private static final int MOST_WITHOUT_POSITION = 1 << 16;

  private final BamIndex index;
  private final BamInput input;
  private final IndexedEnds places;
  private final IndexProbe probe;
  private RecordFilter filter;

  /** Whether the file ended where a record was looked for. */
  private boolean ended;

  /**
   * @param inflater stays the caller's
   * @param maxRecord the largest block_size to take for a record's
   */
  public IndexCheck(BamIndex index, BamInput input, BlockInflater inflater, int maxRecord) {
    this.index = index;
    this.input = input;
    this.places = new IndexedEnds(index.name(), input, inflater, maxRecord);
    this.probe = new IndexProbe(index.name(), input, places);
  }

  /**
   * Checks the index as a whole.
   *
   * @throws UnusableIndexException if it is not this file's
   */
  public void check() throws IOException {
    if (index instanceof BinningIndex bins) {
      checkWhole(bins);
    } else {
      checkWhole((SplittingIndex) index);
    }
  }

  /**
   * Checks the index as a whole, and where the ranges of a plan start and end.
   *
   * @throws UnusableIndexException if it is not this file's
   */
  public void check(RegionPlan plan) throws IOException {
    check();
    for (IndexChunk range : plan.ranges()) {
      checkStart(range);
      if (range.end() != BamRange.TO_END) {
        checkRecord(range.end());
        checkUnwanted(range.end(), plan);
      }
    }
    for (IndexChunk look : new LinkedHashSet<>(plan.looks())) {
      checkStart(look);
      checkLast(look);
    }
  }

  /**
   * Checks that a sound record stands at a virtual offset, or that the file ends there.
   *
   * @throws UnusableIndexException if not
   */
  public void checkRecord(long offset) throws IOException {
    ended = probe.goTo(offset) == NONE;
    if (!ended && !probe.next()) {
      throw probe.noRecordAt(offset);
    }
  }

  /** Behind a range no record of the regions may stand: it would be read, too. */
  private void checkUnwanted(long offset, RegionPlan plan) throws IOException {
    if (filter == null) {
      filter = RegionFilter.sharing(plan.regions()).get();
    }
    if (!ended && probe.accepted(filter)) {
      throw probe.unusable(
          "behind virtual offset %d, where it tells of no more records of the regions, one lies at %s"
              .formatted(offset, probe.place()));
    }
  }

  private void checkWhole(SplittingIndex starts) throws IOException {
    long size = input.source().size();
    if (starts.fileSize() != size) {
      throw probe.unusable(
          "it was made for a file of %d bytes, this one has %d".formatted(starts.fileSize(), size));
    }
    long[] offsets = starts.offsets();
    long told = (starts.records() + starts.granularity() - 1) / starts.granularity();
    if (offsets.length != told) {
      throw probe.unusable(
          "it has %d offsets, not %d, for %d records with one of every %d"
              .formatted(offsets.length, told, starts.records(), starts.granularity()));
    }
    checkFirst(offsets.length == 0 ? starts.end() : offsets[0]);
    if (probe.goTo(starts.end()) != NONE) {
      throw probe.unusable("the file goes on behind the last record that the index knows");
    }
  }

  private void checkWhole(BinningIndex bins) throws IOException {
    BamHeader header = input.header();
    int references = header.references().size();
    for (BamHeader.Reference reference : header.references()) {
      if (reference.length() > bins.span()) {
        throw probe.unusable(
            "reference %s has %d bases, such an index reaches to %d (samtools index -c makes one"
                    .formatted(reference.name(), reference.length(), bins.span())
                + " that reaches further)");
      }
    }
    String contradiction = bins.contradiction();
    if (contradiction != null) {
      throw probe.unusable(contradiction);
    }
    IndexChunk before = null;
    for (int id = 0; id < references; id++) {
      IndexChunk whole = bins.wholeReference(id);
      if (whole != null && before == null) {
        checkFirst(whole.start());
      } else if (whole != null && whole.start() != before.end()) {
        checkWithoutPosition(before.end(), whole.start());
      }
      before = whole == null ? before : whole;
    }
    checkUnplaced(bins);
  }

  /**
   * Between two references only records without position may stand, which htsjdk does not index.
   */
  private void checkWithoutPosition(long from, long to) throws IOException {
    long end = probe.goTo(to);
    long at = probe.goTo(from);
    for (int count = 0; at != end; count++) {
      if (count == MOST_WITHOUT_POSITION
          || at == NONE
          || at > end
          || !probe.next()
          || probe.pos() >= 0) {
        throw probe.unusable(
            "it tells of no records from virtual offset %d to %d, but some stand there"
                .formatted(from, to));
      }
      at = probe.nextOffset();
    }
  }

  private void checkFirst(long offset) throws IOException {
    if (probe.goTo(offset) != places.finder().goTo(input.header().firstRecord())) {
      throw probe.unusable(
          "its first record is at virtual offset %d, the file's at %d"
              .formatted(offset, input.header().firstRecord()));
    }
  }

  private void checkUnplaced(BinningIndex bins) throws IOException {
    long start = Math.max(bins.unplacedStart(), input.header().firstRecord());
    boolean ends = probe.goTo(start) == NONE;
    long count = bins.unplacedCount();
    if (ends ? count > 0 : count == 0) {
      throw probe.unusable(
          "it knows %d unplaced records, but behind its last reference the file %s"
              .formatted(count, ends ? "ends" : "goes on"));
    }
    if (!ends) {
      checkStart(IndexChunk.unplaced(start));
    }
  }

  private void checkStart(IndexChunk range) throws IOException {
    long start = range.start();
    if (probe.goTo(start) == NONE) {
      if (range.referenceId() == IndexChunk.UNPLACED) {
        return; // there are none
      }
      throw probe.unusable(
          "the file ends before virtual offset " + start + ", where it tells of records");
    }
    if (!probe.next()) {
      throw probe.noRecordAt(start);
    }
    int id = probe.referenceId();
    if (range.referenceId() != IndexChunk.ANY
        && (id != range.referenceId() || id >= 0 && !probe.fits(range))) {
      throw probe.unusable(
          "the record at virtual offset %d lies at %s, not where it says"
              .formatted(start, probe.place()));
    }
  }

  /** The last records of a chunk, as far as they stand in its last blocks. */
  private void checkLast(IndexChunk look) throws IOException {
    long block = VirtualOffset.block(look.end()) - LAST_BYTES;
    if (look.end() == look.start() || block <= VirtualOffset.block(look.start())) {
      return;
    }
    long end = probe.goTo(look.end());
    long at = probe.find(block);
    while (at != end) {
      if (at == NONE || at > end && end != NONE || !probe.next()) {
        throw probe.unusable(
            "no record starts at virtual offset %d, where it tells that a run of records ends"
                .formatted(look.end()));
      }
      if (probe.referenceId() != look.referenceId() || !probe.fits(look)) {
        throw probe.unusable(
            "before virtual offset %d a record lies at %s, not where it says"
                .formatted(look.end(), probe.place()));
      }
      at = probe.nextOffset();
    }
  }

  /** The ends of chunks are starts of records, too. */
  @Override
  public void reached(BamRange range, long next) throws IOException {
    places.reached(range, next);
  }
}
