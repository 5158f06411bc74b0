package org.bamarrow.spark.interval;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the intervals that a read overlaps: those on its reference with {@code first <= end} and
 * {@code last >= pos}. The k intervals found take O(k log n) steps. Immutable.
 */
final class IntervalIndex implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int[] NONE = {};

  /**
   * @param first first position, 1-based
   * @param last last position, inclusive; of an empty interval one less than the first
   * @param row index of the interval, from 0
   */
  record Interval(String name, long first, long last, int row) {}

  /** The intervals of a reference by start: an implicit binary tree with the root in the middle. */
  private record Tree(long[] firsts, long[] lasts, long[] lastBelow, int[] rows)
      implements Serializable {
    static Tree of(List<Interval> intervals) {
      List<Interval> sorted =
          intervals.stream().sorted(Comparator.comparingLong(Interval::first)).toList();
      long[] lasts = sorted.stream().mapToLong(Interval::last).toArray();
      long[] lastBelow = new long[lasts.length];
      fill(lasts, lastBelow, 0, lasts.length);
      return new Tree(
          sorted.stream().mapToLong(Interval::first).toArray(),
          lasts,
          lastBelow,
          sorted.stream().mapToInt(Interval::row).toArray());
    }

    private static long fill(long[] lasts, long[] lastBelow, int from, int to) {
      if (from == to) {
        return Long.MIN_VALUE;
      }
      int root = from + to >>> 1;
      long below =
          Math.max(fill(lasts, lastBelow, from, root), fill(lasts, lastBelow, root + 1, to));
      return lastBelow[root] = Math.max(below, lasts[root]);
    }

    /**
     * Adds the rows of the intervals to those found.
     *
     * @param found null: one is enough
     * @return whether there is one
     */
    boolean find(int from, int to, long pos, long end, List<Integer> found) {
      int root = from + to >>> 1;
      if (from == to || lastBelow[root] < pos) {
        return false;
      }
      boolean any = find(from, root, pos, end, found);
      if (any && found == null || firsts[root] > end) {
        return any;
      }
      if (lasts[root] >= pos) {
        any = true;
        if (found == null) {
          return true;
        }
        found.add(rows[root]);
      }
      return find(root + 1, to, pos, end, found) || any;
    }
  }

  private final HashMap<String, Tree> trees = new HashMap<>(); // not Map: it is serializable
  private final int toOneBased;

  /**
   * @param zeroBasedReads whether the first positions of reads are 0-based
   */
  IntervalIndex(List<Interval> intervals, boolean zeroBasedReads) {
    Map<String, List<Interval>> byName = new HashMap<>();
    intervals.forEach(
        each -> byName.computeIfAbsent(each.name, any -> new ArrayList<>()).add(each));
    byName.forEach((name, some) -> trees.put(name, Tree.of(some)));
    toOneBased = zeroBasedReads ? 1 : 0;
  }

  /**
   * The rows of the intervals that a read overlaps, ascending; none if one of the three is null.
   */
  int[] overlapped(String name, Number pos, Number end) {
    List<Integer> found = new ArrayList<>();
    return find(name, pos, end, found)
        ? found.stream().mapToInt(Integer::intValue).sorted().toArray()
        : NONE;
  }

  /** Whether a read overlaps an interval; false if one of the three is null. */
  boolean overlaps(String name, Number pos, Number end) {
    return find(name, pos, end, null);
  }

  private boolean find(String name, Number pos, Number end, List<Integer> found) {
    Tree tree = name == null || pos == null || end == null ? null : trees.get(name);
    return tree != null
        && tree.find(0, tree.rows.length, pos.longValue() + toOneBased, end.longValue(), found);
  }

  @Override
  public String toString() {
    return trees.values().stream().mapToInt(tree -> tree.rows.length).sum() + " intervals";
  }
}
