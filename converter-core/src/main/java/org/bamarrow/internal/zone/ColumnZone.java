package org.bamarrow.internal.zone;

import java.util.Arrays;

/**
 * What is known of the values of a column in a zone.
 *
 * @param nulls number of nulls; {@link #UNKNOWN}: not known
 * @param bounds of the values that are not null; null: not known, or all are null
 */
public record ColumnZone(long nulls, Bounds bounds) {
  /** Instead of a number of nulls. */
  public static final long UNKNOWN = -1;

  /** If nothing is known. */
  public static final ColumnZone NOTHING = new ColumnZone(UNKNOWN, null);

  /** Bounds of values. */
  public sealed interface Bounds {}

  /**
   * Bounds of integers, or of floats in the order of {@link #ofDouble}.
   *
   * @param min minimum, inclusive
   * @param max maximum, inclusive
   */
  public record Numbers(long min, long max) implements Bounds {}

  /**
   * Bounds of text in UTF-8, compared as unsigned bytes.
   *
   * @param min minimum, inclusive
   * @param max maximum, inclusive
   */
  public record Texts(byte[] min, byte[] max) implements Bounds {}

  /**
   * A number in the order of SQL: -0.0 equals 0.0, NaN equals NaN and is greater than all others.
   */
  public static long ofDouble(double value) {
    long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value); // one NaN
    return bits ^ bits >> 63 & Long.MAX_VALUE;
  }

  /** The inverse of {@link #ofDouble}. */
  public static double toDouble(long number) {
    return Double.longBitsToDouble(number ^ number >> 63 & Long.MAX_VALUE);
  }

  /**
   * What is known of the rows of both.
   *
   * @param rows number of rows of this zone
   * @param otherRows number of rows of the other
   */
  ColumnZone plus(long rows, ColumnZone other, long otherRows) {
    if (nulls == UNKNOWN || other.nulls == UNKNOWN) {
      return NOTHING;
    }
    Bounds both =
        nulls == rows
            ? other.bounds
            : other.nulls == otherRows ? bounds : union(bounds, other.bounds);
    return new ColumnZone(nulls + other.nulls, both);
  }

  private static Bounds union(Bounds one, Bounds two) {
    if (one instanceof Numbers a && two instanceof Numbers b) {
      return new Numbers(Math.min(a.min, b.min), Math.max(a.max, b.max));
    }
    if (one instanceof Texts a && two instanceof Texts b) {
      return new Texts(
          Arrays.compareUnsigned(a.min, b.min) <= 0 ? a.min : b.min,
          Arrays.compareUnsigned(a.max, b.max) >= 0 ? a.max : b.max);
    }
    return null;
  }
}
