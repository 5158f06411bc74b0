package org.bamarrow.internal.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bamarrow.convert.Intervals;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.io.BamFormatException;

/**
 * An interval tree of conditions by the positions where they can be true. A query for the k
 * conditions that a record overlaps takes O(k log n) steps. Immutable, but the nodes are confined
 * to one thread.
 */
final class IntervalTree {
  /**
   * @param intervals must not be empty
   */
  private record Entry(Intervals intervals, Node node) {
    int first() {
      return intervals.first(0);
    }

    int last() {
      return intervals.last(intervals.size() - 1);
    }
  }

  /** Entries sorted by start: an implicit binary tree with the root in the middle. */
  private final Entry[] tree;

  /** For each entry the maximum end in its subtree. */
  private final int[] last;

  private IntervalTree(List<Entry> entries) {
    tree = entries.stream().sorted(Comparator.comparingInt(Entry::first)).toArray(Entry[]::new);
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

  /** Whether one of the conditions is true for a record that covers these positions. */
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
    Entry entry = tree[root];
    if (entry.first() > Math.max(first, end)) {
      return false;
    }
    return entry.intervals.touches(first, end) && entry.node.accepts(slice, row)
        || accepts(root + 1, to, first, end, slice, row);
  }

  /** Collects conditions in any order. */
  static final class Builder {
    private final List<Entry> entries = new ArrayList<>();

    /**
     * @param intervals positions outside of which the condition is false; if empty it is always
     *     false
     */
    void add(Intervals intervals, Node node) {
      if (!intervals.isEmpty()) {
        entries.add(new Entry(intervals, node));
      }
    }

    IntervalTree build() {
      return new IntervalTree(entries);
    }
  }
}
