package org.bamarrow.internal.index;

import java.util.ArrayList;
import java.util.List;
import org.bamarrow.convert.Intervals;
import org.bamarrow.io.VirtualOffset;

/**
 * Selects the chunks of one reference for intervals on it, such that no single wrong entry of the
 * index silently loses a record.
 *
 * <p>Chunks are selected by their bins as in the SAM specification (5.1.1). In addition, of all
 * chunks between the minimum offset of the interval's records and the first chunk of records after
 * the interval, the small ones that are not selected by their bins are read, too, and the large
 * ones are probed: their first and last records must belong to their bin. So a chunk with a wrong
 * bin number is read or detected.
 */
final class RegionChunks {
  /** Chunks of fewer compressed bytes (about a block) are read instead of probed. */
  private static final long MIN_PROBED = 1 << 16;

  private final int id;
  private final BinScheme scheme;
  private final OffsetLowerBounds minOffsets;
  private final ChunksInFileOrder order;

  /** For each chunk in file order the maximum end of it and the chunks before it. */
  private final long[] ends;

  private final List<IndexChunk> ranges = new ArrayList<>();
  private final List<IndexChunk> probes = new ArrayList<>();

  RegionChunks(int id, ReferenceBins reference, BinScheme scheme, boolean csi) {
    this.id = id;
    this.scheme = scheme;
    this.minOffsets = new OffsetLowerBounds(reference, scheme, csi);
    this.order = new ChunksInFileOrder(reference, scheme);
    this.ends = new long[order.size()];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = Math.max(i == 0 ? 0 : ends[i - 1], order.end(i));
    }
  }

  /**
   * @param intervals 1-based positions; {@link Intervals#LAST} includes all positions beyond it
   */
  RegionChunks add(Intervals intervals) {
    for (int j = 0; j < intervals.size(); j++) {
      int first = j;
      while (j + 1 < intervals.size()
          && (long) intervals.first(j + 1) - intervals.last(j) <= 1L << scheme.minShift()) {
        j++; // closer than the width of a bin
      }
      long from = Math.min(scheme.span(), Math.max(1L, intervals.first(first))) - 1;
      add(from, intervals.last(j) == Intervals.LAST ? Long.MAX_VALUE : intervals.last(j));
    }
    return this;
  }

  /** The chunks to read, in no particular order. */
  List<IndexChunk> ranges() {
    return ranges;
  }

  /** The chunks to probe: the first and the last records of each must belong to its bin. */
  List<IndexChunk> probes() {
    return probes;
  }

  /**
   * @param from 0-based
   * @param to 0-based, exclusive
   */
  private void add(long from, long to) {
    long minOffset = minOffsets.of(from);
    long nearOffset = minOffsets.isEmpty() ? startBefore(from) : minOffset;
    for (int i = firstEndingAfter(minOffset); i < order.size(); i++) {
      if (order.isWithoutPosition(i)) {
        choose(i, from == 0, 0);
        continue;
      }
      if (order.from(i) >= to) {
        probes.add(new IndexChunk(order.start(i), order.start(i), id, order.from(i), order.to(i)));
        return; // all further records are after the interval
      }
      boolean wanted = order.to(i) > from;
      if (order.end(i) > (wanted ? minOffset : nearOffset)) {
        choose(i, wanted, minOffset);
      }
    }
  }

  private void choose(int i, boolean wanted, long minOffset) {
    if (order.end(i) == order.start(i)) {
      return;
    }
    boolean small =
        VirtualOffset.block(order.end(i)) - VirtualOffset.block(order.start(i)) < MIN_PROBED;
    if (!wanted && !small) {
      probes.add(chunk(i));
    } else if (wanted && order.start(i) < minOffset && order.level(i) < scheme.depth()) {
      ranges.add(IndexChunk.on(id, minOffset, order.end(i)));
    } else {
      ranges.add(chunk(i));
    }
  }

  private IndexChunk chunk(int i) {
    return order.isWithoutPosition(i)
        ? new IndexChunk(order.start(i), order.end(i), id, -1, 0)
        : new IndexChunk(order.start(i), order.end(i), id, order.from(i), order.to(i));
  }

  /** Start of the last chunk of records before a position. */
  private long startBefore(long position) {
    long start = 0;
    for (int i = 0; i < order.size(); i++) {
      start = order.to(i) <= position ? order.start(i) : start;
    }
    return start;
  }

  private int firstEndingAfter(long minOffset) {
    int low = 0;
    int high = ends.length;
    while (low < high) {
      int middle = low + high >>> 1;
      if (ends[middle] > minOffset) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
