package org.bamarrow.verify;

import java.util.Objects;
import org.apache.arrow.vector.FieldVector;

/** The rows with one reference name: their number, and bounds of their positions, or null. */
final class Place {
  long rows;
  Integer minPos;
  Integer maxPos;
  Integer maxEnd;

  /**
   * @param pos null without such a column
   * @param end null without such a column
   */
  void add(FieldVector pos, FieldVector end, int row) {
    rows++;
    addPos(pos != null && pos.getObject(row) instanceof Integer at ? at : null);
    addEnd(end != null && end.getObject(row) instanceof Integer at ? at : null);
  }

  /** Adds the rows of another place with the same name. */
  void addAll(Place other) {
    rows += other.rows;
    addPos(other.minPos);
    addPos(other.maxPos);
    addEnd(other.maxEnd);
  }

  private void addPos(Integer at) {
    if (at != null) {
      minPos = minPos == null ? at : Integer.valueOf(Math.min(minPos, at));
      maxPos = maxPos == null ? at : Integer.valueOf(Math.max(maxPos, at));
    }
  }

  private void addEnd(Integer at) {
    if (at != null) {
      maxEnd = maxEnd == null ? at : Integer.valueOf(Math.max(maxEnd, at));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Place place
        && rows == place.rows
        && Objects.equals(minPos, place.minPos)
        && Objects.equals(maxPos, place.maxPos)
        && Objects.equals(maxEnd, place.maxEnd);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rows, minPos, maxPos, maxEnd);
  }

  @Override
  public String toString() {
    return rows + " rows, pos " + minPos + " to " + maxPos + ", end to " + maxEnd;
  }
}
