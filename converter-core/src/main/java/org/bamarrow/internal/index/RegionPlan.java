package org.bamarrow.internal.index;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.bamarrow.convert.Intervals;
import org.bamarrow.convert.Regions;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.BamHeader.Reference;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.BamRange;
import org.bamarrow.io.VirtualOffset;

/**
 * Which parts of a file an index names for regions: no record in two of them, and others than those
 * in the regions too, which {@link org.bamarrow.internal.filter.RegionFilter} drops.
 *
 * @param ranges in file order, apart from one another
 * @param looks the first and the last records of each must be as it tells, though it is not read;
 *     of an empty one the record that stands there
 * @param whole ids of the references that are read whole; the number of references stands for the
 *     unplaced records
 * @param regions what it is for
 */
public record RegionPlan(
    List<IndexChunk> ranges, List<IndexChunk> looks, BitSet whole, Regions regions) {
  /** Compressed bytes that are sooner read than left out: about a block. */
  private static final long GAP = 1 << 16;

  /** The plan for regions other than {@link Regions#ALL}. */
  public static RegionPlan of(BinningIndex index, BamHeader header, Regions regions) {
    List<IndexChunk> chunks = new ArrayList<>();
    List<IndexChunk> looks = new ArrayList<>();
    BitSet whole = new BitSet();
    long[] begins = begins(index, header);
    long before = header.firstRecord();
    int id = 0;
    for (Reference reference : header.references()) {
      IndexChunk all = index.wholeReference(id);
      Intervals places = regions.on(reference.name());
      if (isWhole(places)) {
        whole.set(id);
        add(chunks, all);
      } else if (!places.isEmpty()) {
        RegionChunks some = index.chunks(id, places);
        chunks.addAll(some.ranges());
        looks.addAll(some.looks());
      }
      if (places.contains(0)) {
        add(chunks, withoutPlace(before, begins[id]));
      }
      before = all == null ? before : all.end();
      id++;
    }
    if (regions.unplaced()) {
      whole.set(id);
      long start = Math.max(index.unplacedStart(), header.firstRecord());
      chunks.add(IndexChunk.unplaced(start));
    }
    return new RegionPlan(BinningIndex.merged(chunks, GAP), looks, whole, regions);
  }

  /**
   * The ranges of an input, to be read: without one behind its last block, which has no records.
   */
  public List<BamRange> of(BamInput input) {
    return ranges.stream()
        .filter(range -> VirtualOffset.block(range.start()) < input.source().size())
        .map(range -> new BamRange(input, range.start(), range.end()))
        .toList();
  }

  private static boolean isWhole(Intervals places) {
    return places.size() == 1 && places.first(0) <= 1 && places.last(0) == Intervals.LAST;
  }

  private static void add(List<IndexChunk> chunks, IndexChunk chunk) {
    if (chunk != null) {
      chunks.add(chunk);
    }
  }

  /**
   * Records with a reference but no position stand before its others, in bins or not (htsjdk leaves
   * them out): from the end of the references before to the first record that the index knows.
   */
  private static IndexChunk withoutPlace(long before, long begin) {
    return begin > before ? IndexChunk.any(before, begin) : null;
  }

  /** For each reference the first offset known of it or of those behind it. */
  private static long[] begins(BinningIndex index, BamHeader header) {
    long[] begins = new long[index.references()];
    long begin = Math.max(index.unplacedStart(), header.firstRecord());
    for (int id = begins.length - 1; id >= 0; id--) {
      IndexChunk whole = index.wholeReference(id);
      begin = whole == null ? begin : whole.start();
      begins[id] = begin;
    }
    return begins;
  }
}
