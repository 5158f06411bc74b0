package org.bamarrow.spark.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.LongStream;
import org.bamarrow.internal.index.BamIndex;
import org.bamarrow.internal.index.BinningIndex;
import org.bamarrow.internal.index.IndexChunk;
import org.bamarrow.internal.index.ReferenceCounts;
import org.bamarrow.internal.index.RegionPlan;
import org.bamarrow.internal.read.BamRange;
import org.bamarrow.internal.read.BamSplit;
import org.bamarrow.spark.files.BamFile;

/**
 * The ranges of one file to be read with a valid index. On the driver only.
 *
 * @param ranges in file order, disjoint
 * @param whole ids of references whose records are all in the ranges; the number of references
 *     means the unplaced records
 * @param chosen whether the index chose the ranges; otherwise they are the whole file
 * @param cuts virtual offsets at which ranges are split, ascending
 */
record IndexedFile(
    BamFile file,
    BamIndex index,
    List<IndexChunk> ranges,
    BitSet whole,
    boolean chosen,
    List<Long> cuts) {
  /** The ranges of a plan for regions. */
  static IndexedFile chosen(BamFile file, BamIndex index, RegionPlan plan) {
    return new IndexedFile(file, index, plan.ranges(), plan.whole(), true, List.of());
  }

  /**
   * All records.
   *
   * @param first virtual offset of the first one
   */
  static IndexedFile all(BamFile file, BamIndex index, long first) {
    IndexChunk all = new IndexChunk(first, BamRange.TO_END, IndexChunk.ANY, 0, Long.MAX_VALUE);
    return new IndexedFile(file, index, List.of(all), new BitSet(), false, List.of());
  }

  /** The same ranges, split at these virtual offsets. */
  IndexedFile with(List<Long> newCuts) {
    return new IndexedFile(file, index, ranges, whole, chosen, newCuts);
  }

  /** Compressed bytes, approximately. */
  long bytes() {
    return IndexedRanges.bytes(bounds(), file.length());
  }

  private long[] bounds() {
    return ranges.stream().flatMapToLong(r -> LongStream.of(r.start(), r.end())).toArray();
  }

  /**
   * Virtual offsets from the index at which the ranges can be split.
   *
   * @param target compressed bytes of a split; larger ranges are split if possible
   */
  List<Long> cutsFor(long target) {
    List<Long> cuts = new ArrayList<>();
    long[] starts = index.offsets();
    for (IndexChunk range : ranges) {
      long end = IndexedRanges.block(range.end(), file.length());
      long block = IndexedRanges.block(range.start(), file.length());
      int next = Arrays.binarySearch(starts, range.start());
      for (next = next < 0 ? -next - 1 : next + 1; next < starts.length; next++) {
        long start = IndexedRanges.block(starts[next], file.length());
        if (end - start < target / 2 || starts[next] >= range.end()) {
          break; // the rest is added to the last split
        }
        if (start - block >= target) {
          cuts.add(starts[next]);
          block = start;
        }
      }
    }
    return cuts;
  }

  /**
   * Splits large ranges and joins small ones to splits of about a target size.
   *
   * @param target compressed bytes
   */
  List<FileSplit> splits(long target) {
    List<FileSplit> splits = new ArrayList<>();
    List<Long> bounds = new ArrayList<>();
    long bytes = 0;
    int cut = 0;
    for (IndexChunk range : ranges) {
      long start = range.start();
      while (cut < cuts.size() && cuts.get(cut) < range.end()) {
        bounds.addAll(List.of(start, cuts.get(cut)));
        start = cuts.get(cut++);
        splits.add(split(bounds));
        bounds.clear();
        bytes = 0;
      }
      long more = IndexedRanges.bytes(new long[] {start, range.end()}, file.length());
      if (!bounds.isEmpty() && bytes + more > target) {
        splits.add(split(bounds));
        bounds.clear();
        bytes = 0;
      }
      bounds.addAll(List.of(start, range.end()));
      bytes += more;
    }
    if (!bounds.isEmpty()) {
      splits.add(split(bounds));
    }
    return splits;
  }

  private FileSplit split(List<Long> of) {
    long[] bounds = of.stream().mapToLong(Long::longValue).toArray();
    List<Integer> inside = whole.stream().filter(id -> isInside(id, bounds)).boxed().toList();
    ReferenceCounts counts =
        inside.isEmpty() ? null : ReferenceCounts.of((BinningIndex) index, inside);
    long begin = IndexedRanges.block(bounds[0], file.length());
    long end = IndexedRanges.block(bounds[bounds.length - 1], file.length());
    return new FileSplit(
        file,
        new BamSplit(begin, Math.max(begin + 1, end)),
        new IndexedRanges(index.name(), bounds, counts, counts == null ? null : bounds()));
  }

  /** Whether all records of a reference, according to the index, are in one range. */
  private boolean isInside(int id, long[] bounds) {
    BinningIndex bins = (BinningIndex) index;
    IndexChunk all = null;
    if (id < bins.references()) {
      all = bins.wholeReference(id);
    } else if (bins.unplacedStart() > 0) {
      all = new IndexChunk(bins.unplacedStart(), BamRange.TO_END, IndexChunk.UNPLACED, 0, 0);
    }
    for (int i = 0; all != null && i < bounds.length; i += 2) {
      if (bounds[i] <= all.start() && all.end() <= bounds[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
