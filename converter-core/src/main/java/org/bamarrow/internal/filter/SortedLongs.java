package org.bamarrow.internal.filter;

import java.io.Serializable;
import java.util.Arrays;

/** An immutable set of integers: a sorted array with binary search. */
public final class SortedLongs implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] values;

  private SortedLongs(long[] values) {
    this.values = values;
  }

  /** A set of these values, in any order and with duplicates. */
  public static SortedLongs of(long... values) {
    return new SortedLongs(Arrays.stream(values).sorted().distinct().toArray());
  }

  public boolean contains(long value) {
    return Arrays.binarySearch(values, value) >= 0;
  }

  public int size() {
    return values.length;
  }

  /** The {@code i}th smallest value, 0-based. */
  public long get(int i) {
    return values[i];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SortedLongs longs && Arrays.equals(values, longs.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return size() <= 10 ? Arrays.toString(values) : size() + " values";
  }
}
