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
 * Checks an index against the BAM that it should belong to. Without reading the whole file, it is
 * accepted if
 *
 * <ul>
 *   <li>it has the header's number of references (n_ref, SAM specification 5.2; fewer are not valid
 *       either) and can represent their lengths,
 *   <li>it is consistent in itself ({@link SelfCheck}),
 *   <li>its first record is the file's first record, and after its last record the unplaced records
 *       start or the file ends, according to n_no_coor,
 *   <li>each range to be read starts with a valid block and a valid record, with the reference and
 *       within the positions of the index entry,
 *   <li>each range ends at a valid record that is not in the regions, or at the end of the file,
 *   <li>and the first record of neighboring chunks that are not read matches its index entry.
 * </ul>
 *
 * While the ranges are read, their records must end exactly at these offsets ({@link RangeEnd}).
 * One thread at a time.
 */
public final class IndexCheck implements RangeEnd {
  /** Compressed bytes at the end of a chunk that are checked: one or two blocks. */
  private static final int LAST_BYTES = 1 << 16;

  private static final int MAX_WITHOUT_POSITION = 1 << 16;

  private final BamIndex index;
  private final BamInput input;
  private final IndexedEnds ends;
  private final IndexProbe probe;
  private RecordFilter filter;

  /** Whether the file ended at the last offset that was checked. */
  private boolean ended;

  /**
   * @param inflater owned by the caller
   * @param maxRecord maximum block_size of a record
   */
  public IndexCheck(BamIndex index, BamInput input, BlockInflater inflater, int maxRecord) {
    this.index = index;
    this.input = input;
    this.ends = new IndexedEnds(index.name(), input, inflater, maxRecord);
    this.probe = new IndexProbe(index.name(), input, ends);
  }

  /**
   * Checks the index as a whole.
   *
   * @throws UnusableIndexException if it does not belong to this file
   */
  public void check() throws IOException {
    if (index instanceof BinningIndex bins) {
      checkWhole(bins);
    } else {
      checkWhole((SplittingIndex) index);
    }
  }

  /**
   * Checks the index as a whole, and the start and end of the ranges of a plan.
   *
   * @throws UnusableIndexException if it does not belong to this file
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
    for (IndexChunk chunk : new LinkedHashSet<>(plan.probes())) {
      checkStart(chunk);
      checkLast(chunk);
    }
  }

  /**
   * Checks that a valid record starts at a virtual offset, or that the file ends there.
   *
   * @throws UnusableIndexException if not
   */
  public void checkRecord(long offset) throws IOException {
    ended = probe.goTo(offset) == NONE;
    if (!ended && !probe.next()) {
      throw probe.noRecordAt(offset);
    }
  }

  /** The record after a range must not be in the regions, or the index would have included it. */
  private void checkUnwanted(long offset, RegionPlan plan) throws IOException {
    if (filter == null) {
      filter = RegionFilter.sharing(plan.regions()).get();
    }
    if (!ended && probe.accepted(filter)) {
      throw probe.unusable(
          "after virtual offset %d, where it has no more records of the regions, there is one at %s"
              .formatted(offset, probe.position()));
    }
  }

  private void checkWhole(SplittingIndex starts) throws IOException {
    long size = input.source().size();
    if (starts.fileSize() != size) {
      throw probe.unusable(
          "it belongs to a file of %d bytes, this one has %d".formatted(starts.fileSize(), size));
    }
    long[] offsets = starts.offsets();
    long expected = (starts.records() + starts.granularity() - 1) / starts.granularity();
    if (offsets.length != expected) {
      throw probe.unusable(
          "it has %d offsets, expected %d for %d records with granularity %d"
              .formatted(offsets.length, expected, starts.records(), starts.granularity()));
    }
    checkFirst(offsets.length == 0 ? starts.end() : offsets[0]);
    if (probe.goTo(starts.end()) != NONE) {
      throw probe.unusable("the file has records after the last one in the index");
    }
  }

  private void checkWhole(BinningIndex bins) throws IOException {
    BamHeader header = input.header();
    int references = header.references().size();
    for (BamHeader.Reference reference : header.references()) {
      if (reference.length() > bins.span()) {
        throw probe.unusable(
            "reference %s has %d bases, the index supports at most %d (create a CSI index with"
                    .formatted(reference.name(), reference.length(), bins.span())
                + " samtools index -c)");
      }
    }
    String inconsistency = bins.inconsistency();
    if (inconsistency != null) {
      throw probe.unusable(inconsistency);
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
   * Between two references there may only be records without position, which htsjdk does not index.
   */
  private void checkWithoutPosition(long from, long to) throws IOException {
    long end = probe.goTo(to);
    long at = probe.goTo(from);
    for (int count = 0; at != end; count++) {
      if (count == MAX_WITHOUT_POSITION
          || at == NONE
          || at > end
          || !probe.next()
          || probe.pos() >= 0) {
        throw probe.unusable(
            "it has no records from virtual offset %d to %d, but the file has".formatted(from, to));
      }
      at = probe.nextOffset();
    }
  }

  private void checkFirst(long offset) throws IOException {
    if (probe.goTo(offset) != ends.finder().goTo(input.header().firstRecord())) {
      throw probe.unusable(
          "its first record is at virtual offset %d, the first record of the file at %d"
              .formatted(offset, input.header().firstRecord()));
    }
  }

  private void checkUnplaced(BinningIndex bins) throws IOException {
    long start = Math.max(bins.unplacedStart(), input.header().firstRecord());
    boolean ends = probe.goTo(start) == NONE;
    long count = bins.unplacedCount();
    if (ends ? count > 0 : count == 0) {
      throw probe.unusable(
          "it has %d unplaced records, but after the last reference the file %s"
              .formatted(count, ends ? "ends" : "continues"));
    }
    if (!ends) {
      checkStart(IndexChunk.unplaced(start));
    }
  }

  private void checkStart(IndexChunk range) throws IOException {
    long start = range.start();
    if (probe.goTo(start) == NONE) {
      if (range.referenceId() == IndexChunk.UNPLACED) {
        return; // no unplaced records
      }
      throw probe.unusable(
          "the file ends before virtual offset " + start + ", where it has records");
    }
    if (!probe.next()) {
      throw probe.noRecordAt(start);
    }
    int id = probe.referenceId();
    if (range.referenceId() != IndexChunk.ANY
        && (id != range.referenceId() || id >= 0 && !probe.fits(range))) {
      throw probe.unusable(
          "the record at virtual offset %d is at %s, which does not match the index"
              .formatted(start, probe.position()));
    }
  }

  /** Checks the records in the last blocks of a chunk. */
  private void checkLast(IndexChunk chunk) throws IOException {
    long block = VirtualOffset.block(chunk.end()) - LAST_BYTES;
    if (chunk.end() == chunk.start() || block <= VirtualOffset.block(chunk.start())) {
      return;
    }
    long end = probe.goTo(chunk.end());
    long at = probe.find(block);
    while (at != end) {
      if (at == NONE || at > end && end != NONE || !probe.next()) {
        throw probe.unusable(
            "no record starts at virtual offset %d, where a chunk of the index ends"
                .formatted(chunk.end()));
      }
      if (probe.referenceId() != chunk.referenceId() || !probe.fits(chunk)) {
        throw probe.unusable(
            "before virtual offset %d a record is at %s, which does not match the index"
                .formatted(chunk.end(), probe.position()));
      }
      at = probe.nextOffset();
    }
  }

  /** The end of a chunk is the start of a record, too. */
  @Override
  public void reached(BamRange range, long next) throws IOException {
    ends.reached(range, next);
  }
}
