package org.bamarrow.index;

import java.util.Arrays;

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

  /** Least virtual offset that the index tells of, or -1 where it has none. */
  long begin() {
    long begin = -1;
    for (int i = 0; i < chunks.length; i += 2) {
      begin = Math.min(begin < 0 ? Long.MAX_VALUE : begin, chunks[i]);
    }
    boolean more = summary != null && begin >= 0;
    return more ? Math.min(begin, summary[0]) : begin;
  }

  /** Greatest virtual offset that the index tells of, or -1 where it has none. */
  long end() {
    long end = -1;
    for (int i = 1; i < chunks.length; i += 2) {
      end = Math.max(end, chunks[i]);
    }
    boolean more = summary != null && end >= 0;
    return more ? Math.max(end, summary[1]) : end;
  }

  /** Number of {@code bin} among {@link #bins}, or negative. */
  int find(long bin) {
    return bin > Integer.MAX_VALUE ? -1 : Arrays.binarySearch(bins, (int) bin);
  }
}
