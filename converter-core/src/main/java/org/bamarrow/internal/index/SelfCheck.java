package org.bamarrow.internal.index;

import java.util.Arrays;

/**
 * Whether what an index tells of one reference agrees with itself. An index has no checksum, but it
 * says most things twice: of a sorted file
 *
 * <ul>
 *   <li>the chunks of a reference follow one another without gap, from the begin to the end that
 *       the pseudo-bin tells,
 *   <li>the chunks of one level's bins lie in the file as the bins do on the reference, and those
 *       of all bins so that positions can ascend,
 *   <li>the lower bounds of offsets (windows of a BAI, loffset of a CSI) ascend with the position,
 *       and each is in a chunk of a bin that reaches there.
 * </ul>
 *
 * One damaged entry contradicts the others nearly always; {@link IndexCheck} sets the rest beside
 * the file. Takes time and memory linear in the size of the index.
 */
final class SelfCheck {
  private final ReferenceBins reference;
  private final BinScheme scheme;
  private final ChunksInFileOrder order;

  /** Of the chunk that was passed last on each level; -1: none. */
  private final int[] open;

  private SelfCheck(ReferenceBins reference, BinScheme scheme) {
    this.reference = reference;
    this.scheme = scheme;
    this.order = new ChunksInFileOrder(reference, scheme);
    this.open = new int[scheme.depth() + 1];
  }

  /**
   * @param windows whether the bounds are by window (BAI), not by bin (CSI)
   * @return the first contradiction, or null
   */
  static String contradiction(ReferenceBins reference, BinScheme scheme, boolean windows) {
    if (reference.chunks().length == 0) {
      return reference.isEmpty() ? null : "it has counts or offsets, but no bins";
    }
    SelfCheck check = new SelfCheck(reference, scheme);
    String found = check.order.contradiction();
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
    long least = 0;
    for (int i = 0; i < order.size(); i++) {
      if (order.start(i) > end) {
        return "no chunk covers the virtual offsets from %d to %d".formatted(end, order.start(i));
      }
      end = Math.max(end, order.end(i));
      if (order.isWithoutPosition(i)) {
        continue;
      }
      if (order.to(i) <= least) {
        return outOfPlace(i);
      }
      least = Math.max(least, order.from(i));
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
    return "the chunk of bin %d at virtual offset %d lies among those of other positions"
        .formatted(order.bin(i), order.start(i));
  }

  private String ofSummary() {
    long[] summary = reference.summary();
    if (summary == null) {
      return null;
    }
    if (summary[0] != reference.chunksBegin() || summary[1] != reference.chunksEnd()) {
      return "its chunks go from virtual offset %d to %d, its bin of counts says %d to %d"
          .formatted(reference.chunksBegin(), reference.chunksEnd(), summary[0], summary[1]);
    }
    return summary[2] + summary[3] == 0 ? "it has chunks, but counts no records" : null;
  }

  private String ofWindows() {
    long[] floors = reference.floors();
    if (floors.length == 0) {
      return null;
    }
    Arrays.fill(open, -1);
    int passed = 0;
    int first = 0;
    while (first < floors.length) {
      int last = first;
      while (last + 1 < floors.length && floors[last + 1] == floors[first]) {
        last++;
      }
      long offset = floors[first];
      if (first > 0 && offset < floors[first - 1]) {
        return "the offset of window %d is %d, after %d"
            .formatted(first, offset, floors[first - 1]);
      }
      while (passed < order.size() && order.start(passed) <= offset) {
        open[order.level(passed)] = passed++;
      }
      if (offset != 0 && !isIn(offset, first, last)) {
        return "no bin that reaches window %d has the virtual offset %d".formatted(first, offset);
      }
      first = last + 1;
    }
    return null;
  }

  /** Whether a chunk that holds an offset is of a bin that reaches one of these windows. */
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
        Arrays.stream(reference.floorsByPosition(scheme))
            .mapToLong(i -> reference.floors()[i])
            .toArray();
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] < sorted[i - 1]) {
        return "the offset %d of a bin comes after %d of one before it"
            .formatted(sorted[i], sorted[i - 1]);
      }
    }
    long begin = reference.chunksBegin();
    boolean inside =
        sorted.length == 0
            || sorted[0] >= begin && sorted[sorted.length - 1] < reference.chunksEnd();
    return inside ? null : "the offset of a bin lies outside of its reference's chunks";
  }
}
