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
 * Accepts the records that lie in regions, the same as {@code samtools view} with these regions
 * (each record once, as with {@code -M}). The CIGAR is walked only where it decides; a mapped
 * record whose CIGAR does not fit its SEQ is then an error.
 */
public final class RegionFilter implements RecordFilter {
  private final Regions regions;
  private final CigarView cigar = new CigarView();
  private BamHeader header;
  private Intervals[] places; // by refID

  public RegionFilter(Regions regions) {
    this.regions = regions;
  }

  /** Filters for several threads, one each call. */
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
      places = places(header.references());
    }
    Intervals wanted = places[reference];
    int first = firstPlace(slice, row);
    int next = wanted.from(first);
    if (next == wanted.size()) {
      return false;
    }
    return wanted.first(next) <= first || wanted.first(next) <= cigar.end(slice, row);
  }

  /** The first base that a record takes up, or place 0. */
  static int firstPlace(RecordSlice slice, int row) {
    int pos = LittleEndian.int32(slice.data(), slice.start(row) + RecordLayout.POS);
    // 2^31 - 1 in the file is 2^31 as 1-based
    return pos == Integer.MAX_VALUE ? Intervals.LAST : Math.max(-1, pos) + 1;
  }

  private Intervals[] places(List<BamHeader.Reference> references) {
    return references.stream()
        .map(reference -> regions.on(reference.name()))
        .toArray(Intervals[]::new);
  }
}
