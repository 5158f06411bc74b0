package org.bamarrow.internal.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bamarrow.convert.Intervals;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.io.BamFormatException;

/**
 * Conditions by the places outside which they are not true: those that a record touches are found
 * in as many steps as there are of them, times the logarithm of all. Immutable, but the nodes are
 * one thread's.
 */
final class IntervalTree {
  /**
   * @param places not empty
   */
  private record Placed(Intervals places, Node node) {
    int first() {
      return places.first(0);
    }

    int last() {
      return places.last(places.size() - 1);
    }
  }

  /** Sorted by their first places: a binary tree whose root is in the middle. */
  private final Placed[] tree;

  /** For each the greatest last place among it and what is below it. */
  private final int[] last;

  private IntervalTree(List<Placed> placed) {
    tree = placed.stream().sorted(Comparator.comparingInt(Placed::first)).toArray(Placed[]::new);
    last = new int[tree.length];
    fill(0, tree.length);
  }

  private int fill(int from, int to) {
    if (from == to) {
      return -1;
    }
    int root = from + to >>> 1;
    int below = Math.max(fill(from, root), fill(root + 1, to));
    return last[root] = Math.max(below, tree[root].last());
  }

  /** Whether one of the conditions is true for a record that takes up these places. */
  boolean accepts(int first, long last, RecordSlice slice, int row) throws BamFormatException {
    return accepts(0, tree.length, first, last, slice, row);
  }

  private boolean accepts(int from, int to, int first, long end, RecordSlice slice, int row)
      throws BamFormatException {
    int root = from + to >>> 1;
    if (from == to || last[root] < first) {
      return false;
    }
    if (accepts(from, root, first, end, slice, row)) {
      return true;
    }
    Placed placed = tree[root];
    if (placed.first() > Math.max(first, end)) {
      return false;
    }
    return placed.places.touches(first, end) && placed.node.accepts(slice, row)
        || accepts(root + 1, to, first, end, slice, row);
  }

  /** Collects conditions in any order. */
  static final class Builder {
    private final List<Placed> placed = new ArrayList<>();

    /**
     * @param places where alone the condition may be true; none: it never is
     */
    void add(Intervals places, Node node) {
      if (!places.isEmpty()) {
        placed.add(new Placed(places, node));
      }
    }

    IntervalTree build() {
      return new IntervalTree(placed);
    }
  }
}
