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
 * The ranges of a file to read for regions according to an index. They are disjoint, and may
 * contain other records, which {@link org.bamarrow.internal.filter.RegionFilter} drops.
 *
 * @param ranges in file order, not adjacent
 * @param probes chunks that are not read, but whose first and last records must match the index;
 *     for an empty chunk the record at its offset
 * @param whole ids of the references that are read completely; the number of references is the id
 *     of the unplaced records
 * @param regions the regions of the plan
 */
public record RegionPlan(
    List<IndexChunk> ranges, List<IndexChunk> probes, BitSet whole, Regions regions) {
  /** Gaps of fewer compressed bytes (about a block) are read instead of skipped. */
  private static final long MIN_GAP = 1 << 16;

  /** The plan for regions other than {@link Regions#ALL}. */
  public static RegionPlan of(BinningIndex index, BamHeader header, Regions regions) {
    List<IndexChunk> chunks = new ArrayList<>();
    List<IndexChunk> probes = new ArrayList<>();
    BitSet whole = new BitSet();
    long[] begins = begins(index, header);
    long before = header.firstRecord();
    int id = 0;
    for (Reference reference : header.references()) {
      IndexChunk all = index.wholeReference(id);
      Intervals intervals = regions.on(reference.name());
      if (isWhole(intervals)) {
        whole.set(id);
        add(chunks, all);
      } else if (!intervals.isEmpty()) {
        RegionChunks some = index.chunks(id, intervals);
        chunks.addAll(some.ranges());
        probes.addAll(some.probes());
      }
      if (intervals.contains(0)) {
        add(chunks, withoutPosition(before, begins[id]));
      }
      before = all == null ? before : all.end();
      id++;
    }
    if (regions.unplaced()) {
      whole.set(id);
      long start = Math.max(index.unplacedStart(), header.firstRecord());
      chunks.add(IndexChunk.unplaced(start));
    }
    return new RegionPlan(BinningIndex.merged(chunks, MIN_GAP), probes, whole, regions);
  }

  /** The ranges of an input to read, except one after its last block, which has no records. */
  public List<BamRange> of(BamInput input) {
    return ranges.stream()
        .filter(range -> VirtualOffset.block(range.start()) < input.source().size())
        .map(range -> new BamRange(input, range.start(), range.end()))
        .toList();
  }

  private static boolean isWhole(Intervals intervals) {
    return intervals.size() == 1 && intervals.first(0) <= 1 && intervals.last(0) == Intervals.LAST;
  }

  private static void add(List<IndexChunk> chunks, IndexChunk chunk) {
    if (chunk != null) {
      chunks.add(chunk);
    }
  }

  /**
   * Records with a reference but no position, which precede the reference's other records and may
   * not be indexed (htsjdk does not index them): from the end of the previous reference to the
   * first indexed record.
   */
  private static IndexChunk withoutPosition(long before, long begin) {
    return begin > before ? IndexChunk.any(before, begin) : null;
  }

  /** For each reference the first known offset of it or of the references after it. */
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
