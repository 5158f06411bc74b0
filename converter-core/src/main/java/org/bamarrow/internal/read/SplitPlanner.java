package org.bamarrow.internal.read;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides a file into adjacent splits of the same size, from its size alone. Where blocks and
 * records start is found by the reader of a split ({@link SplitFinder}).
 */
public final class SplitPlanner {
  private SplitPlanner() {}

  /**
   * Splits of about {@code target} compressed bytes; up to a tenth more, so that no small split
   * remains.
   *
   * @param size of the file in bytes
   */
  public static List<BamSplit> bySize(long size, long target) {
    if (target < 1) {
      throw new IllegalArgumentException("split size must be at least 1 byte, not " + target);
    }
    long splits = (size - target / 10 + target - 1) / target;
    return byCount(size, Math.max(1, splits), 1);
  }

  /**
   * The given number of splits, or fewer if the grid has no room for them.
   *
   * @param size of the file in bytes
   * @param grid splits start at its multiples, in bytes
   */
  public static List<BamSplit> byCount(long size, long splits, long grid) {
    if (splits < 1 || splits > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "number of splits must be 1 to " + Integer.MAX_VALUE + ", not " + splits);
    }
    List<BamSplit> plan = new ArrayList<>();
    long begin = 0;
    for (long i = 1; i <= splits; i++) {
      long end = i == splits ? size : Math.round((double) size * i / splits / grid) * grid;
      if (end > begin && end <= size || i == splits) {
        plan.add(new BamSplit(begin, Math.max(begin, end)));
        begin = end;
      }
    }
    return plan;
  }
}
