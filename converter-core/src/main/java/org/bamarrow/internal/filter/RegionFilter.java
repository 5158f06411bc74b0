package org.bamarrow.internal.filter;

import java.util.List;
import java.util.function.Supplier;
import org.bamarrow.convert.Intervals;
import org.bamarrow.convert.Regions;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.CigarView;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.io.BamFormatException;

/**
 * Accepts the records that overlap regions, like {@code samtools view} with these regions (each
 * record once, as with {@code -M}). The CIGAR is read only if it decides; a mapped record whose
 * CIGAR does not match its SEQ is then an error.
 */
public final class RegionFilter implements RecordFilter {
  private final Regions regions;
  private final CigarView cigar = new CigarView();
  private BamHeader header;
  private Intervals[] intervals; // by refID

  public RegionFilter(Regions regions) {
    this.regions = regions;
  }

  /** Filters for several threads; each call of {@code get} creates one. */
  public static Supplier<RecordFilter> sharing(Regions regions) {
    return () -> new RegionFilter(regions);
  }

  @Override
  public boolean accepts(RecordSlice slice, int row) throws BamFormatException {
    int reference = LittleEndian.int32(slice.data(), slice.start(row) + RecordLayout.REF_ID);
    if (reference < 0) {
      return regions.unplaced();
    }
    if (header != slice.header()) {
      header = slice.header();
      intervals = intervals(header.references());
    }
    Intervals wanted = intervals[reference];
    int first = firstPosition(slice, row);
    int next = wanted.from(first);
    if (next == wanted.size()) {
      return false;
    }
    return wanted.first(next) <= first || wanted.first(next) <= cigar.end(slice, row);
  }

  /** The first base that a record covers, 1-based; 0 if it has no position. */
  static int firstPosition(RecordSlice slice, int row) {
    int pos = LittleEndian.int32(slice.data(), slice.start(row) + RecordLayout.POS);
    // 2^31 - 1 in the file is 2^31 1-based
    return pos == Integer.MAX_VALUE ? Intervals.LAST : Math.max(-1, pos) + 1;
  }

  private Intervals[] intervals(List<BamHeader.Reference> references) {
    return references.stream()
        .map(reference -> regions.on(reference.name()))
        .toArray(Intervals[]::new);
  }
}
