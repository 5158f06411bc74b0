package org.bamarrow.internal.index;

import java.util.ArrayList;
import java.util.List;
import org.bamarrow.convert.Intervals;
import org.bamarrow.io.VirtualOffset;

/**
 * Chooses the chunks of one reference for places on it, so that no single wrong entry of the index
 * loses a record in silence.
 *
 * <p>Bins choose as in the SAM specification (5.1.1). Besides, of all chunks between the least
 * offset that a record of the place can have and the first chunk of records behind the place, those
 * that bins do not choose are read too where they are small, and looked at where they are large:
 * the first and the last records must be the bin's. So a chunk under a wrong bin's number is read
 * or found out.
 */
final class RegionChunks {
  /** Compressed bytes that are sooner read than looked at: about a block. */
  private static final long SMALL = 1 << 16;

  private final int id;
  private final BinScheme scheme;
  private final OffsetLowerBounds floors;
  private final ChunksInFileOrder order;

  /** For each chunk in file order the greatest end of it and those before it. */
  private final long[] ends;

  private final List<IndexChunk> ranges = new ArrayList<>();
  private final List<IndexChunk> looks = new ArrayList<>();

  RegionChunks(int id, ReferenceBins reference, BinScheme scheme, boolean csi) {
    this.id = id;
    this.scheme = scheme;
    this.floors = new OffsetLowerBounds(reference, scheme, csi);
    this.order = new ChunksInFileOrder(reference, scheme);
    this.ends = new long[order.size()];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = Math.max(i == 0 ? 0 : ends[i - 1], order.end(i));
    }
  }

  /**
   * @param places 1-based bases; one that ends at {@link Intervals#LAST} goes on beyond
   */
  RegionChunks add(Intervals places) {
    for (int j = 0; j < places.size(); j++) {
      int first = j;
      while (j + 1 < places.size()
          && (long) places.first(j + 1) - places.last(j) <= 1L << scheme.minShift()) {
        j++; // nearer than a bin is wide
      }
      long from = Math.min(scheme.span(), Math.max(1L, places.first(first))) - 1;
      add(from, places.last(j) == Intervals.LAST ? Long.MAX_VALUE : places.last(j));
    }
    return this;
  }

  /** To be read, in no order. */
  List<IndexChunk> ranges() {
    return ranges;
  }

  /** To be looked at: the first and the last records of each must be of its bin. */
  List<IndexChunk> looks() {
    return looks;
  }

  /**
   * @param from 0-based
   * @param to 0-based, exclusive
   */
  private void add(long from, long to) {
    long floor = floors.of(from);
    long near = floors.isEmpty() ? startBefore(from) : floor;
    for (int i = firstEndingBehind(floor); i < order.size(); i++) {
      if (order.isWithoutPosition(i)) {
        choose(i, from == 0, 0);
        continue;
      }
      if (order.from(i) >= to) {
        looks.add(new IndexChunk(order.start(i), order.start(i), id, order.from(i), order.to(i)));
        return; // the records behind it lie behind the place
      }
      boolean wanted = order.to(i) > from;
      if (order.end(i) > (wanted ? floor : near)) {
        choose(i, wanted, floor);
      }
    }
  }

  private void choose(int i, boolean wanted, long floor) {
    if (order.end(i) == order.start(i)) {
      return;
    }
    boolean small = VirtualOffset.block(order.end(i)) - VirtualOffset.block(order.start(i)) < SMALL;
    if (!wanted && !small) {
      looks.add(chunk(i));
    } else if (wanted && order.start(i) < floor && order.level(i) < scheme.depth()) {
      ranges.add(IndexChunk.on(id, floor, order.end(i)));
    } else {
      ranges.add(chunk(i));
    }
  }

  private IndexChunk chunk(int i) {
    return order.isWithoutPosition(i)
        ? new IndexChunk(order.start(i), order.end(i), id, -1, 0)
        : new IndexChunk(order.start(i), order.end(i), id, order.from(i), order.to(i));
  }

  /** Where the last chunk of records before a position starts. */
  private long startBefore(long position) {
    long start = 0;
    for (int i = 0; i < order.size(); i++) {
      start = order.to(i) <= position ? order.start(i) : start;
    }
    return start;
  }

  private int firstEndingBehind(long floor) {
    int low = 0;
    int high = ends.length;
    while (low < high) {
      int middle = low + high >>> 1;
      if (ends[middle] > floor) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
