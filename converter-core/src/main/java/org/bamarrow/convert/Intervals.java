package org.bamarrow.convert;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An immutable set of numbers from 0 to {@link #LAST}, as disjoint intervals in ascending order,
 * both ends included, with a gap between each and the next.
 *
 * <p>As positions on a reference the numbers are 1-based; 0 means "without a position", and {@link
 * #LAST} includes all positions beyond it.
 */
public final class Intervals implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The largest number; it includes all beyond it. */
  public static final int LAST = Integer.MAX_VALUE;

  /** The empty set. */
  public static final Intervals EMPTY = new Intervals(new int[0]);

  /** All numbers. */
  public static final Intervals ALL = new Intervals(new int[] {0, LAST});

  private final int[] bounds; // first and last number of each interval, alternating

  private Intervals(int[] bounds) {
    this.bounds = bounds;
  }

  /**
   * {@return the numbers from {@code first} to {@code last}, clipped to 0 to {@link #LAST}; may be
   * empty}
   *
   * @param first first number, inclusive
   * @param last last number, inclusive
   */
  public static Intervals of(long first, long last) {
    return new Builder().add(first, last).build();
  }

  /** {@return number of intervals} */
  public int size() {
    return bounds.length / 2;
  }

  /** {@return whether the set is empty} */
  public boolean isEmpty() {
    return bounds.length == 0;
  }

  /**
   * {@return smallest number of interval {@code i} (0-based)}
   *
   * @param i 0 to {@link #size} - 1
   */
  public int first(int i) {
    return bounds[2 * i];
  }

  /**
   * {@return largest number of interval {@code i} (0-based)}
   *
   * @param i 0 to {@link #size} - 1
   */
  public int last(int i) {
    return bounds[2 * i + 1];
  }

  /**
   * {@return whether the number is in one of the intervals}
   *
   * @param number 0 to {@link #LAST}
   */
  public boolean contains(int number) {
    int i = from(number);
    return i < size() && first(i) <= number;
  }

  /**
   * {@return the index of the first interval that ends at or after {@code number}, or {@link
   * #size()}}
   *
   * @param number 0 to {@link #LAST}
   */
  public int from(int number) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = low + high >>> 1;
      if (last(middle) < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * {@return whether the set contains a number from {@code first} to {@code last}}
   *
   * @param first first number, inclusive
   * @param last last number, inclusive
   */
  public boolean touches(int first, long last) {
    int i = from(first);
    return i < size() && (first(i) <= first || first(i) <= last);
  }

  /**
   * {@return the union of the two sets}
   *
   * @param other a set of numbers
   */
  public Intervals union(Intervals other) {
    return new Builder().add(this).add(other).build();
  }

  /**
   * {@return the intersection of the two sets}
   *
   * @param other a set of numbers
   */
  public Intervals intersection(Intervals other) {
    Builder both = new Builder();
    for (int i = 0, j = 0; i < size() && j < other.size(); ) {
      both.add(Math.max(first(i), other.first(j)), Math.min(last(i), other.last(j)));
      if (last(i) < other.last(j)) {
        i++;
      } else {
        j++;
      }
    }
    return both.build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Intervals intervals && Arrays.equals(bounds, intervals.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  /** Such as {@code 0-5,8-8}. */
  @Override
  public String toString() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      texts.add(first(i) + "-" + last(i));
    }
    return String.join(",", texts);
  }

  /** Collects intervals in any order, overlapping or not; for one thread. */
  public static final class Builder {
    private long[] parts = new long[1]; // first << 32 | last, which sorts by first
    private int size;

    /** An empty builder. */
    public Builder() {}

    /**
     * Adds the numbers from {@code first} to {@code last}, clipped to 0 to {@link #LAST}.
     *
     * @param first first number, inclusive
     * @param last last number, inclusive
     * @return this builder
     */
    public Builder add(long first, long last) {
      long from = Math.max(0, first);
      long to = Math.min(LAST, last);
      if (from <= to) {
        if (size == parts.length) {
          merge(); // so that repeated intervals need no memory
          if (size > parts.length / 2) {
            parts = Arrays.copyOf(parts, Math.multiplyExact(2, parts.length));
          }
        }
        parts[size++] = from << 32 | to;
      }
      return this;
    }

    /**
     * {@return this builder, with the numbers added}
     *
     * @param intervals a set of numbers
     */
    public Builder add(Intervals intervals) {
      for (int i = 0; i < intervals.size(); i++) {
        add(intervals.first(i), intervals.last(i));
      }
      return this;
    }

    /** {@return the set of all numbers added} */
    public Intervals build() {
      merge();
      int[] bounds = new int[2 * size];
      for (int i = 0; i < size; i++) {
        bounds[2 * i] = first(i);
        bounds[2 * i + 1] = last(i);
      }
      return size == 0 ? EMPTY : new Intervals(bounds);
    }

    /** Sorts the intervals and merges those that overlap or are adjacent. */
    private void merge() {
      Arrays.sort(parts, 0, size);
      int used = 0;
      for (int i = 0; i < size; i++) {
        if (used > 0 && first(i) <= last(used - 1) + 1L) {
          parts[used - 1] = (long) first(used - 1) << 32 | Math.max(last(used - 1), last(i));
        } else {
          parts[used++] = parts[i];
        }
      }
      size = used;
    }

    private int first(int part) {
      return (int) (parts[part] >>> 32);
    }

    private int last(int part) {
      return (int) parts[part];
    }
  }
}
