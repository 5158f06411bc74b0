package org.bamarrow.internal.zone;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The rows of a zone with one reference name. Positions are as in the columns.
 *
 * @param name RNAME in UTF-8
 * @param rows number of rows
 * @param minPos minimum of {@code pos}; {@link #UNKNOWN}: no row has one
 * @param maxPos maximum of {@code pos}; {@link #UNKNOWN}: no row has one
 * @param maxEnd maximum of {@code end}; {@link #UNKNOWN}: no row has one
 */
public record ReferenceZone(byte[] name, long rows, long minPos, long maxPos, long maxEnd) {
  /** Instead of a position. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  boolean isNamed(byte[] bytes, int from, int to) {
    return Arrays.equals(name, 0, name.length, bytes, from, to);
  }

  ReferenceZone plus(ReferenceZone other) {
    return new ReferenceZone(
        name,
        rows + other.rows,
        minPos == UNKNOWN || other.minPos != UNKNOWN && other.minPos < minPos
            ? other.minPos
            : minPos,
        Math.max(maxPos, other.maxPos),
        Math.max(maxEnd, other.maxEnd));
  }

  @Override
  public String toString() {
    return String.format(
        "%s: %d rows, pos %d to %d, end to %d",
        new String(name, StandardCharsets.UTF_8), rows, minPos, maxPos, maxEnd);
  }
}
