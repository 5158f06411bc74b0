package org.bamarrow.internal.ipc;

import java.util.ArrayList;
import java.util.List;

/**
 * The record batches of a file that a condition needs, by its zone map.
 *
 * @param batches number of record batches of the file
 * @param leftOut number of them that are left out
 * @param ranges the others, in the order of the file: a range for each zone
 */
public record WantedBatches(int batches, int leftOut, List<Range> ranges) {
  /**
   * Messages of consecutive record batches.
   *
   * @param begin 0-based file offset of the first message
   * @param end 0-based file offset after the last message
   */
  public record Range(long begin, long end) {}

  /** Bytes of the ranges. */
  public long bytes() {
    long bytes = 0;
    for (Range range : ranges) {
      bytes += range.end - range.begin;
    }
    return bytes;
  }

  /** Where the last of the ranges ends; 0 without one. */
  public long end() {
    return ranges.isEmpty() ? 0 : ranges.get(ranges.size() - 1).end();
  }

  /** Collects the zones of a file, in their order. */
  static final class Builder {
    private final List<Range> ranges = new ArrayList<>();
    private int batches;
    private int leftOut;

    void add(ZoneTableReader.Place place, int count, boolean wanted) {
      batches += count;
      if (wanted) {
        ranges.add(new Range(place.begin(), place.end()));
      } else {
        leftOut += count;
      }
    }

    WantedBatches build() {
      return new WantedBatches(batches, leftOut, List.copyOf(ranges));
    }
  }
}
