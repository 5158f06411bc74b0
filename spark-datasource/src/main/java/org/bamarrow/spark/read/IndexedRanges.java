package org.bamarrow.spark.read;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bamarrow.internal.index.ReferenceCounts;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.BamRange;
import org.bamarrow.io.VirtualOffset;

/**
 * Ranges of one file, from an index. The arrays must not be changed.
 *
 * @param index the index file's name
 * @param bounds start and end of each range, virtual offsets in file order: a record's, {@link
 *     #FIRST} or {@link BamRange#TO_END}
 * @param counts of the references whose records are all in these ranges; null: none
 * @param others if there are counts, the bounds of all ranges of the file that any task reads
 */
record IndexedRanges(String index, long[] bounds, ReferenceCounts counts, long[] others)
    implements Serializable {
  /** As a start: the file's first record. */
  static final long FIRST = 0;

  /** The ranges that can have records: there are none after the last block. */
  List<BamRange> of(BamInput input) {
    long first = input.header().firstRecord();
    return IntStream.range(0, bounds.length / 2)
        .mapToObj(
            i ->
                new BamRange(
                    input, bounds[2 * i] == FIRST ? first : bounds[2 * i], bounds[2 * i + 1]))
        .filter(range -> VirtualOffset.block(range.start()) < input.source().size())
        .toList();
  }

  /** Compressed bytes, approximately. */
  static long bytes(long[] bounds, long fileLength) {
    long bytes = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      bytes += Math.max(1, block(bounds[i + 1], fileLength) - block(bounds[i], fileLength));
    }
    return bytes;
  }

  static long block(long virtualOffset, long fileLength) {
    return virtualOffset == BamRange.TO_END ? fileLength : VirtualOffset.block(virtualOffset);
  }

  /**
   * The parts of the file that no task reads, where records that are missing in these ranges must
   * be.
   */
  IndexedRanges gaps() {
    LongStream.Builder gaps = LongStream.builder();
    long from = FIRST;
    for (int i = 0; i < others.length; i += 2) {
      if (from < others[i]) {
        gaps.add(from).add(others[i]);
      }
      from = others[i + 1];
    }
    if (from != BamRange.TO_END) {
      gaps.add(from).add(BamRange.TO_END);
    }
    return new IndexedRanges(index, gaps.build().toArray(), null, null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IndexedRanges ranges
        && index.equals(ranges.index)
        && Arrays.equals(bounds, ranges.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }
}
