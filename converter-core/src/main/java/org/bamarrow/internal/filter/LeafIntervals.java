package org.bamarrow.internal.filter;

import org.bamarrow.convert.Intervals;
import org.bamarrow.internal.filter.IntegerNode.IntegerTest;
import org.bamarrow.internal.filter.RawField.Column;
import org.bamarrow.internal.filter.RawPredicate.IntegerCompare;
import org.bamarrow.internal.filter.RawPredicate.IntegerIn;
import org.bamarrow.internal.filter.RawPredicate.Leaf;

/**
 * The values of {@code pos} or {@code end} for which a condition has a given outcome, as 1-based
 * positions; 0 stands for null and for values that are not positive.
 */
final class LeafIntervals {
  /** Larger than every coordinate, and small enough that sums do not overflow. */
  private static final long FAR = 1L << 40;

  private final Intervals.Builder intervals = new Intervals.Builder();
  private final int base;

  private LeafIntervals(Leaf leaf) {
    base = leaf.field().column() == Column.POS && leaf.field().zeroBased() ? 1 : 0;
  }

  static Intervals of(Leaf leaf, boolean answer) {
    IntegerTest test = PredicateCompiler.integerTest(leaf);
    if (test.mask() != -1) {
      return Intervals.ALL;
    }
    LeafIntervals found = new LeafIntervals(leaf);
    if (test.onNull() == Node.of(answer)) {
      found.intervals.add(0, 0);
    }
    boolean misses = test.onMiss() == Node.of(answer);
    long next = -FAR; // smallest value not handled yet
    for (int i = 0; i < ranges(leaf); i++) {
      if (answer) {
        found.add(first(leaf, i), last(leaf, i));
      } else if (misses) {
        found.add(next, first(leaf, i) - 1);
        next = last(leaf, i) + 1;
      }
    }
    if (misses) {
      found.add(next, FAR);
    }
    return found.intervals.build();
  }

  private void add(long first, long last) {
    if (first <= last) {
      intervals.add(position(first), position(last));
    }
  }

  private long position(long value) {
    return Math.max(0, Math.min(Intervals.LAST, value + base));
  }

  /** Number of ranges of values for which the condition holds, in ascending order. */
  private static int ranges(Leaf leaf) {
    if (leaf instanceof IntegerIn in) {
      return in.values().size();
    }
    return leaf instanceof IntegerCompare compare && compare.value() != null ? 1 : 0;
  }

  private static long first(Leaf leaf, int i) {
    if (leaf instanceof IntegerIn in) {
      return near(in.values().get(i));
    }
    IntegerCompare compare = (IntegerCompare) leaf;
    return switch (compare.operator()) {
      case LESS, LESS_OR_EQUAL -> -FAR;
      case GREATER -> near(compare.value()) + 1;
      default -> near(compare.value());
    };
  }

  private static long last(Leaf leaf, int i) {
    if (leaf instanceof IntegerIn in) {
      return near(in.values().get(i));
    }
    IntegerCompare compare = (IntegerCompare) leaf;
    return switch (compare.operator()) {
      case GREATER, GREATER_OR_EQUAL -> FAR;
      case LESS -> near(compare.value()) - 1;
      default -> near(compare.value());
    };
  }

  private static long near(long value) {
    return Math.max(-FAR, Math.min(FAR, value));
  }
}
