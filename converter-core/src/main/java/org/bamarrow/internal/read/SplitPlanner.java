package org.bamarrow.internal.read;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a file into splits of the same size that join without gap, from its size alone: where blocks
 * and records start is found by whoever reads a split ({@link SplitFinder}).
 */
public final class SplitPlanner {
  private SplitPlanner() {}

  /**
   * Splits of about {@code target} compressed bytes; up to a tenth more, so that no small one is
   * left over.
   *
   * @param size of the file in bytes
   */
  public static List<BamSplit> bySize(long size, long target) {
    if (target < 1) {
      throw new IllegalArgumentException("splits of " + target + " bytes: at least 1");
    }
    long splits = (size - target / 10 + target - 1) / target;
    return byCount(size, Math.max(1, splits), 1);
  }

  /**
   * So many splits, or fewer where the grid leaves no room for them.
   *
   * @param size of the file in bytes
   * @param grid splits start at its multiples, in bytes
   */
  public static List<BamSplit> byCount(long size, long splits, long grid) {
    if (splits < 1 || splits > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(splits + " splits: 1 to " + Integer.MAX_VALUE);
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
