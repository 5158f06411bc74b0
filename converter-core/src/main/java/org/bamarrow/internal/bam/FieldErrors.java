package org.bamarrow.internal.bam;

import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Remedy;
import org.bamarrow.io.BamFormatException;

/**
 * The errors of values that no column can hold: the same whether a record is decoded, or a
 * condition or an aggregate asks for the value.
 */
public final class FieldErrors {
  private FieldErrors() {}

  /** Of POS or PNEXT, when it is 1-based. */
  public static BamFormatException position(RecordSlice slice, int row) {
    return slice.error(
        row,
        "position 2147483648 does not fit a 32-bit integer",
        Remedy.of("use ", OptionKey.COORDINATES.setTo("zero-based")));
  }

  /**
   * @param end the last base, 1-based inclusive
   */
  public static BamFormatException end(RecordSlice slice, int row, long end) {
    return slice.error(
        row,
        "the alignment ends at " + end + ", which does not fit a 32-bit integer",
        Remedy.of("leave the column 'end' out with ", OptionKey.COLUMNS));
  }

  /** Of a name or a tag. */
  public static BamFormatException notUtf8(RecordSlice slice, int row) {
    return slice.error(
        row,
        "text with bytes that are not UTF-8",
        Remedy.of("map them from Latin-1 with ", OptionKey.TEXT_ENCODING.setTo("latin-1")));
  }
}
