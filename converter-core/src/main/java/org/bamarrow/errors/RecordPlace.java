package org.bamarrow.errors;

import java.io.Serializable;

/**
 * Which record an error is about, for a message.
 *
 * @param number 1-based, from where the reading began
 * @param fromStart whether the reading began with the file's first record, so that the number is
 *     that in the file
 * @param name QNAME, fit for a message; null where it could not be read
 * @param position RNAME and 1-based POS such as {@code chr1:100}, fit for a message; null where
 *     there is none
 */
public record RecordPlace(long number, boolean fromStart, String name, String position)
    implements Serializable {
  /** For a number: not even where the reading began is known. */
  public static final long UNKNOWN = -1;

  /**
   * {@return the same place in a reading that began behind other records of the file}
   *
   * @param records how many there are, or {@link #UNKNOWN}
   */
  public RecordPlace behind(long records) {
    return number == UNKNOWN || fromStart
        ? this
        : new RecordPlace(number + records, true, name, position);
  }

  /** As a message tells it. */
  @Override
  public String toString() {
    String text =
        fromStart
            ? "record " + number
            : number == UNKNOWN
                ? "a record"
                : "record " + number + " of those read here (its number in the file is not known)";
    text += name == null ? "" : ", read '" + name + "'";
    return text + (position == null ? "" : " at " + position);
  }
}
