package org.bamarrow.internal.index;

import java.util.Arrays;

/**
 * Minimum file offsets of records by position: the linear index of a BAI (ioffset) or loffset of
 * the bins of a CSI. They ascend ({@link SelfCheck}), so the entry before the matching one is a
 * lower bound, too, even if one of the two is wrong: it is used, at the cost of reading one window
 * more.
 */
final class OffsetLowerBounds {
  private final long[] from;
  private final long[] offsets;
  private final int shift;

  OffsetLowerBounds(ReferenceBins reference, BinScheme scheme, boolean csi) {
    shift = scheme.minShift();
    if (csi) {
      int[] byPosition = reference.minOffsetsByPosition(scheme);
      from = Arrays.stream(byPosition).mapToLong(i -> scheme.from(reference.bins()[i])).toArray();
      offsets = Arrays.stream(byPosition).mapToLong(i -> reference.minOffsets()[i]).toArray();
    } else {
      from = null;
      offsets = reference.minOffsets();
    }
  }

  /** Whether the index has none. */
  boolean isEmpty() {
    return offsets.length == 0;
  }

  /**
   * Minimum virtual offset of records that overlap a position or come after it; 0 if not known.
   *
   * @param position 0-based
   */
  long of(long position) {
    int entry = from == null ? (int) Math.min(position >> shift, offsets.length) : last(position);
    return entry < 1 ? 0 : offsets[entry - 1];
  }

  /** The last bin that starts at or before a position; -1 if there is none. */
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
