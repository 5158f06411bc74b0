package org.bamarrow.internal.index;

import java.util.Arrays;

/**
 * Checks the consistency of the entries of one reference. An index has no checksum, but its data is
 * redundant. For a sorted file
 *
 * <ul>
 *   <li>the chunks of a reference have no gaps, from the start to the end in the pseudo-bin,
 *   <li>the chunks of the bins of one level are in the order of the bins, and the chunks of all
 *       bins allow ascending positions,
 *   <li>the minimum offsets (linear index of a BAI, loffset of a CSI) ascend with the position, and
 *       each is in a chunk of a bin that overlaps it.
 * </ul>
 *
 * Almost every single damaged entry contradicts the others; {@link IndexCheck} checks the rest
 * against the file. Time and memory are linear in the size of the index.
 */
final class SelfCheck {
  private final ReferenceBins reference;
  private final BinScheme scheme;
  private final ChunksInFileOrder order;

  /** The last chunk before the current offset on each level; -1 if none. */
  private final int[] open;

  private SelfCheck(ReferenceBins reference, BinScheme scheme) {
    this.reference = reference;
    this.scheme = scheme;
    this.order = new ChunksInFileOrder(reference, scheme);
    this.open = new int[scheme.depth() + 1];
  }

  /**
   * @param windows whether minimum offsets are by window (BAI) or by bin (CSI)
   * @return the first inconsistency, or null if there is none
   */
  static String inconsistency(ReferenceBins reference, BinScheme scheme, boolean windows) {
    if (reference.chunks().length == 0) {
      return reference.isEmpty() ? null : "it has counts or offsets, but no bins";
    }
    SelfCheck check = new SelfCheck(reference, scheme);
    String found = check.order.inconsistency();
    found = found != null ? found : check.ofChunks();
    found = found != null ? found : check.ofSummary();
    if (found == null) {
      found = windows ? check.ofWindows() : check.ofBinOffsets();
    }
    return found;
  }

  private String ofChunks() {
    Arrays.fill(open, -1);
    long end = order.start(0);
    long minEnd = 0;
    for (int i = 0; i < order.size(); i++) {
      if (order.start(i) > end) {
        return "no chunk covers the virtual offsets from %d to %d".formatted(end, order.start(i));
      }
      end = Math.max(end, order.end(i));
      if (order.isWithoutPosition(i)) {
        continue;
      }
      if (order.to(i) <= minEnd) {
        return outOfPlace(i);
      }
      minEnd = Math.max(minEnd, order.from(i));
      for (int before : open) {
        if (before >= 0
            && order.end(before) > order.start(i)
            && order.to(before) <= order.from(i)) {
          return outOfPlace(i);
        }
      }
      open[order.level(i)] = i;
    }
    return null;
  }

  private String outOfPlace(int i) {
    return "the chunk of bin %d at virtual offset %d is between chunks of other positions"
        .formatted(order.bin(i), order.start(i));
  }

  private String ofSummary() {
    long[] summary = reference.summary();
    if (summary == null) {
      return null;
    }
    if (summary[0] != reference.chunksBegin() || summary[1] != reference.chunksEnd()) {
      return "its chunks are from virtual offset %d to %d, but its pseudo-bin has %d to %d"
          .formatted(reference.chunksBegin(), reference.chunksEnd(), summary[0], summary[1]);
    }
    return summary[2] + summary[3] == 0 ? "it has chunks, but a record count of 0" : null;
  }

  private String ofWindows() {
    long[] minOffsets = reference.minOffsets();
    if (minOffsets.length == 0) {
      return null;
    }
    Arrays.fill(open, -1);
    int passed = 0;
    int first = 0;
    while (first < minOffsets.length) {
      int last = first;
      while (last + 1 < minOffsets.length && minOffsets[last + 1] == minOffsets[first]) {
        last++;
      }
      long offset = minOffsets[first];
      if (first > 0 && offset < minOffsets[first - 1]) {
        return "the offset of window %d is %d, less than %d before it"
            .formatted(first, offset, minOffsets[first - 1]);
      }
      while (passed < order.size() && order.start(passed) <= offset) {
        open[order.level(passed)] = passed++;
      }
      if (offset != 0 && !isIn(offset, first, last)) {
        return "no bin that overlaps window %d contains the virtual offset %d"
            .formatted(first, offset);
      }
      first = last + 1;
    }
    return null;
  }

  /** Whether an offset is in a chunk of a bin that overlaps one of these windows. */
  private boolean isIn(long offset, int first, int last) {
    for (int i : open) {
      if (i >= 0
          && order.end(i) > offset
          && order.from(i) >> scheme.minShift() <= last
          && order.to(i) - 1 >> scheme.minShift() >= first) {
        return true;
      }
    }
    return false;
  }

  private String ofBinOffsets() {
    long[] sorted =
        Arrays.stream(reference.minOffsetsByPosition(scheme))
            .mapToLong(i -> reference.minOffsets()[i])
            .toArray();
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] < sorted[i - 1]) {
        return "the loffset %d of a bin is less than %d of a bin before it"
            .formatted(sorted[i], sorted[i - 1]);
      }
    }
    long begin = reference.chunksBegin();
    boolean inside =
        sorted.length == 0
            || sorted[0] >= begin && sorted[sorted.length - 1] < reference.chunksEnd();
    return inside ? null : "the loffset of a bin is outside of the chunks of its reference";
  }
}
