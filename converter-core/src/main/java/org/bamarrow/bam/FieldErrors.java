package org.bamarrow.bam;

import org.bamarrow.BamFormatException;

/**
 * The errors of values that no column can hold: the same whether a record is decoded, or a
 * condition or an aggregate asks for the value.
 */
public final class FieldErrors {
  private FieldErrors() {}

  /** Of POS or PNEXT, when it is 1-based. */
  public static BamFormatException position(RecordSlice slice, int row) {
    return slice.error(
        row, "position 2147483648 does not fit a 32-bit integer", "use --coordinates zero-based");
  }

  /**
   * @param end the last base, 1-based inclusive
   */
  public static BamFormatException end(RecordSlice slice, int row, long end) {
    return slice.error(
        row,
        "the alignment ends at " + end + ", which does not fit a 32-bit integer",
        "leave the column 'end' out with --columns");
  }

  /** Of a name or a tag. */
  public static BamFormatException notUtf8(RecordSlice slice, int row) {
    return slice.error(
        row,
        "text with bytes that are not UTF-8",
        "map them from Latin-1 with --text-encoding latin-1");
  }
}
