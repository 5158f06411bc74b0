package org.bamarrow.internal.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The bins of one reference in a BAI or CSI, in arrays, since a large index has millions of
 * entries.
 *
 * @param bins bin numbers, ascending
 * @param firstChunk index of the first chunk of each bin, followed by the total number of chunks
 * @param chunks virtual offsets of the start and end of each chunk
 * @param minOffsets minimum virtual offsets of records: by window of 16,384 bases (BAI) or by bin
 *     (CSI); 0 if not known
 * @param summary values of the pseudo-bin: start, end, mapped, unmapped; null if the index has none
 */
record ReferenceBins(
    int[] bins, int[] firstChunk, long[] chunks, long[] minOffsets, long[] summary) {

  /** A reference without records. */
  static final ReferenceBins EMPTY =
      new ReferenceBins(new int[0], new int[1], new long[0], new long[0], null);

  /** Whether the index has no records of the reference. */
  boolean isEmpty() {
    boolean counted = summary != null && summary[2] + summary[3] > 0;
    return chunks.length == 0
        && !counted
        && Arrays.stream(minOffsets).allMatch(offset -> offset == 0);
  }

  /** Virtual offset of the first record of a chunk. */
  long start(int chunk) {
    return chunks[2 * chunk];
  }

  /** Virtual offset after its last record. */
  long end(int chunk) {
    return chunks[2 * chunk + 1];
  }

  /** Minimum virtual offset of the chunks, or -1 if there are none. */
  long chunksBegin() {
    long begin = Long.MAX_VALUE;
    for (int i = 0; i < chunks.length; i += 2) {
      begin = Math.min(begin, chunks[i]);
    }
    return chunks.length == 0 ? -1 : begin;
  }

  /** Maximum virtual offset of the chunks, or -1 if there are none. */
  long chunksEnd() {
    long end = -1;
    for (int i = 1; i < chunks.length; i += 2) {
      end = Math.max(end, chunks[i]);
    }
    return end;
  }

  /** Minimum virtual offset in the index, or -1 if there is none. */
  long begin() {
    long begin = chunksBegin();
    boolean more = summary != null && begin >= 0;
    return more ? Math.min(begin, summary[0]) : begin;
  }

  /** Maximum virtual offset in the index, or -1 if there is none. */
  long end() {
    long end = chunksEnd();
    boolean more = summary != null && end >= 0;
    return more ? Math.max(end, summary[1]) : end;
  }

  /**
   * Indices of the bins of a CSI with a known offset (not 0), by start position, larger bins first.
   */
  int[] minOffsetsByPosition(BinScheme scheme) {
    List<Integer> sorted = new ArrayList<>();
    for (int i = 0; i < bins.length; i++) {
      if (minOffsets[i] != 0) {
        sorted.add(i);
      }
    }
    sorted.sort(Comparator.comparingLong(i -> scheme.from(bins[i])));
    return sorted.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Index in {@link #bins} of the first bin number that is at least {@code bin}. */
  int firstOf(long bin) {
    int found = find(bin);
    return found >= 0 ? found : bin > Integer.MAX_VALUE ? bins.length : -found - 1;
  }

  /** Index of {@code bin} in {@link #bins}, or negative. */
  int find(long bin) {
    return bin > Integer.MAX_VALUE ? -1 : Arrays.binarySearch(bins, (int) bin);
  }
}
