package org.bamarrow.internal.index;

import java.util.Arrays;

/**
 * Lower bounds of the offsets of records by position, of windows (BAI) or bins (CSI). They ascend
 * ({@link SelfCheck}), so the bound of the entry before the one that is meant is one too, even
 * where one of the two is wrong: that one is taken, at the price of one window more.
 */
final class OffsetLowerBounds {
  private final long[] from;
  private final long[] offsets;
  private final int shift;

  OffsetLowerBounds(ReferenceBins reference, BinScheme scheme, boolean csi) {
    shift = scheme.minShift();
    if (csi) {
      int[] byPosition = reference.floorsByPosition(scheme);
      from = Arrays.stream(byPosition).mapToLong(i -> scheme.from(reference.bins()[i])).toArray();
      offsets = Arrays.stream(byPosition).mapToLong(i -> reference.floors()[i]).toArray();
    } else {
      from = null;
      offsets = reference.floors();
    }
  }

  /** Whether there are none. */
  boolean isEmpty() {
    return offsets.length == 0;
  }

  /**
   * Records that overlap a position or lie behind it do not start before this offset; 0 for
   * unknown.
   *
   * @param position 0-based
   */
  long of(long position) {
    int meant = from == null ? (int) Math.min(position >> shift, offsets.length) : last(position);
    return meant < 1 ? 0 : offsets[meant - 1];
  }

  /** The last bin that begins at or before a position; -1 for none. */
  private int last(long position) {
    int low = 0;
    int high = from.length;
    while (low < high) {
      int middle = low + high >>> 1;
      if (from[middle] <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }
}
