package org.bamarrow.internal.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What a BAI or CSI holds of one reference, in arrays, since a large index has millions of entries.
 *
 * @param bins bin numbers, ascending
 * @param firstChunk for each bin, and behind the last, the number of its first chunk
 * @param chunks begin and end of each chunk: two virtual offsets
 * @param floors lower bounds of the offsets of records: BAI by window of 16,384 bases, CSI by bin;
 *     0 for unknown
 * @param summary of the pseudo-bin: begin, end, mapped, unmapped; null where the index has none
 */
record ReferenceBins(int[] bins, int[] firstChunk, long[] chunks, long[] floors, long[] summary) {

  /** Of a reference without records. */
  static final ReferenceBins EMPTY =
      new ReferenceBins(new int[0], new int[1], new long[0], new long[0], null);

  /** Whether the index tells nothing of it, or that there is nothing. */
  boolean isEmpty() {
    boolean counted = summary != null && summary[2] + summary[3] > 0;
    return chunks.length == 0 && !counted && Arrays.stream(floors).allMatch(floor -> floor == 0);
  }

  /** Virtual offset of the first record of a chunk. */
  long start(int chunk) {
    return chunks[2 * chunk];
  }

  /** Virtual offset behind its last record. */
  long end(int chunk) {
    return chunks[2 * chunk + 1];
  }

  /** Least virtual offset of a chunk, or -1 where there is none. */
  long chunksBegin() {
    long begin = Long.MAX_VALUE;
    for (int i = 0; i < chunks.length; i += 2) {
      begin = Math.min(begin, chunks[i]);
    }
    return chunks.length == 0 ? -1 : begin;
  }

  /** Greatest virtual offset of a chunk, or -1 where there is none. */
  long chunksEnd() {
    long end = -1;
    for (int i = 1; i < chunks.length; i += 2) {
      end = Math.max(end, chunks[i]);
    }
    return end;
  }

  /** Least virtual offset that the index tells of, or -1 where it has none. */
  long begin() {
    long begin = chunksBegin();
    boolean more = summary != null && begin >= 0;
    return more ? Math.min(begin, summary[0]) : begin;
  }

  /** Greatest virtual offset that the index tells of, or -1 where it has none. */
  long end() {
    long end = chunksEnd();
    boolean more = summary != null && end >= 0;
    return more ? Math.max(end, summary[1]) : end;
  }

  /**
   * Numbers of the bins of a CSI whose offset is told (not 0), by first position, larger bins
   * first.
   */
  int[] floorsByPosition(BinScheme scheme) {
    List<Integer> sorted = new ArrayList<>();
    for (int i = 0; i < bins.length; i++) {
      if (floors[i] != 0) {
        sorted.add(i);
      }
    }
    sorted.sort(Comparator.comparingLong(i -> scheme.from(bins[i])));
    return sorted.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Number among {@link #bins} of the first that is not less than {@code bin}. */
  int firstOf(long bin) {
    int found = find(bin);
    return found >= 0 ? found : bin > Integer.MAX_VALUE ? bins.length : -found - 1;
  }

  /** Number of {@code bin} among {@link #bins}, or negative. */
  int find(long bin) {
    return bin > Integer.MAX_VALUE ? -1 : Arrays.binarySearch(bins, (int) bin);
  }
}
