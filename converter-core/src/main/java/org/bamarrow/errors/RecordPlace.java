package org.bamarrow.errors;

import java.io.Serializable;

/**
 * The record that an error is about.
 *
 * @param number 1-based, from where reading started; {@link #UNKNOWN} if not known
 * @param fromStart whether reading started at the file's first record, so that the number is the
 *     one in the file
 * @param name QNAME, escaped for a message; null if it could not be read
 * @param position RNAME and 1-based POS such as {@code chr1:100}, escaped for a message; null if
 *     the record has none
 */
public record RecordPlace(long number, boolean fromStart, String name, String position)
    implements Serializable {
  /** For {@link #number}: not known. */
  public static final long UNKNOWN = -1;

  /**
   * {@return the same record, numbered from the start of the file}
   *
   * @param records number of records in the file before the first one read, or {@link #UNKNOWN}
   */
  public RecordPlace after(long records) {
    return number == UNKNOWN || fromStart
        ? this
        : new RecordPlace(number + records, true, name, position);
  }

  /** The text for an error message. */
  @Override
  public String toString() {
    String text =
        fromStart
            ? "record " + number
            : number == UNKNOWN
                ? "a record"
                : "record "
                    + number
                    + " of this part of the file (its number in the file is not known)";
    text += name == null ? "" : ", read '" + name + "'";
    return text + (position == null ? "" : " at " + position);
  }
}
