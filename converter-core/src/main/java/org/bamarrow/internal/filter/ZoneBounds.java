package org.bamarrow.internal.filter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bamarrow.internal.filter.RawPredicate.FloatCompare;
import org.bamarrow.internal.filter.RawPredicate.IntegerCompare;
import org.bamarrow.internal.filter.RawPredicate.IntegerIn;
import org.bamarrow.internal.filter.RawPredicate.Leaf;
import org.bamarrow.internal.filter.RawPredicate.StartsWith;
import org.bamarrow.internal.filter.RawPredicate.TextCompare;
import org.bamarrow.internal.zone.ColumnZone;
import org.bamarrow.internal.zone.ColumnZone.Numbers;
import org.bamarrow.internal.zone.ColumnZone.Texts;
import org.bamarrow.internal.zone.Zone;

/**
 * The outcomes of conditions on values within bounds.
 *
 * @param bounds of the values, of which none is null; null: not known
 * @param flags the bits of the values, if they are FLAG; null: not known
 */
record ZoneBounds(ColumnZone.Bounds bounds, Zone.Flags flags) {
  /**
   * The possible outcomes.
   *
   * @param miss the outcome for a value that does not satisfy the condition
   */
  int outcomes(Leaf leaf, int miss) {
    if (leaf instanceof IntegerCompare compare && compare.value() != null) {
      return compare(masked(compare.mask()), compare.operator(), compare.value(), miss);
    }
    if (leaf instanceof IntegerIn in) {
      return in(masked(in.mask()), in, miss);
    }
    if (leaf instanceof FloatCompare compare && compare.value() != null) {
      Numbers numbers = bounds instanceof Numbers known ? known : null;
      return compare(numbers, compare.operator(), ColumnZone.ofDouble(compare.value()), miss);
    }
    if (leaf instanceof TextCompare compare && compare.value() != null) {
      return compare(compare, miss);
    }
    if (leaf instanceof StartsWith starts) {
      return startsWith(starts, miss);
    }
    return leaf instanceof RawPredicate.TextIn ? Outcomes.TRUE | miss : miss; // compared with null
  }

  /** Bounds of the values after the mask; null if they are not known. */
  private Numbers masked(long mask) {
    if (!(bounds instanceof Numbers numbers)) {
      return null;
    }
    if (mask == -1) {
      return numbers;
    }
    if (numbers.min() == numbers.max()) {
      return new Numbers(numbers.min() & mask, numbers.min() & mask);
    }
    if (mask < 0) {
      return null;
    }
    return flags == null || !flags.isValid()
        ? new Numbers(0, mask)
        : new Numbers(flags.and() & mask, flags.or() & mask);
  }

  private static int compare(Numbers numbers, Operator operator, long value, int miss) {
    if (numbers == null) {
      return Outcomes.TRUE | miss;
    }
    return compare(
        Long.compare(numbers.min(), value), Long.compare(numbers.max(), value), operator, miss);
  }

  /**
   * @param min how the minimum compares with the value
   * @param max how the maximum compares with the value
   */
  private static int compare(int min, int max, Operator operator, int miss) {
    boolean hit =
        switch (operator) {
          case EQUAL, NULL_SAFE_EQUAL -> min <= 0 && max >= 0;
          case LESS -> min < 0;
          case LESS_OR_EQUAL -> min <= 0;
          case GREATER -> max > 0;
          case GREATER_OR_EQUAL -> max >= 0;
        };
    boolean all =
        switch (operator) {
          case EQUAL, NULL_SAFE_EQUAL -> min == 0 && max == 0;
          case LESS -> max < 0;
          case LESS_OR_EQUAL -> max <= 0;
          case GREATER -> min > 0;
          case GREATER_OR_EQUAL -> min >= 0;
        };
    return (hit ? Outcomes.TRUE : 0) | (all ? 0 : miss);
  }

  private static int in(Numbers numbers, IntegerIn in, int miss) {
    SortedLongs values = in.values();
    if (numbers == null) {
      return Outcomes.TRUE | miss;
    }
    int low = 0;
    for (int high = values.size(); low < high; ) {
      int middle = low + high >>> 1;
      if (values.get(middle) < numbers.min()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    boolean hit = low < values.size() && values.get(low) <= numbers.max();
    return hit ? numbers.min() == numbers.max() ? Outcomes.TRUE : Outcomes.TRUE | miss : miss;
  }

  private int compare(TextCompare compare, int miss) {
    if (!(bounds instanceof Texts texts)) {
      return Outcomes.TRUE | miss;
    }
    byte[] value = compare.value().getBytes(StandardCharsets.UTF_8);
    return compare(
        Arrays.compareUnsigned(texts.min(), value),
        Arrays.compareUnsigned(texts.max(), value),
        compare.operator(),
        miss);
  }

  /** Values between two that start with the prefix start with it, too. */
  private int startsWith(StartsWith starts, int miss) {
    if (!(bounds instanceof Texts texts)) {
      return Outcomes.TRUE | miss;
    }
    byte[] prefix = starts.prefix().getBytes(StandardCharsets.UTF_8);
    return compare(
        Arrays.compareUnsigned(start(texts.min(), prefix.length), prefix),
        Arrays.compareUnsigned(start(texts.max(), prefix.length), prefix),
        Operator.EQUAL,
        miss);
  }

  private static byte[] start(byte[] text, int length) {
    return text.length <= length ? text : Arrays.copyOf(text, length);
  }
}
