package org.bamarrow.internal.bam;

import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Remedy;
import org.bamarrow.io.BamFormatException;

/**
 * Errors for values that do not fit their column; the same for decoding, filters and aggregates.
 */
public final class FieldErrors {
  private FieldErrors() {}

  /** For POS or PNEXT as a 1-based column. */
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
        Remedy.of("leave out the column 'end' with ", OptionKey.COLUMNS));
  }

  /** For a name or a tag. */
  public static BamFormatException notUtf8(RecordSlice slice, int row) {
    return slice.error(
        row,
        "text that is not valid UTF-8",
        Remedy.of("decode it as Latin-1 with ", OptionKey.TEXT_ENCODING.setTo("latin-1")));
  }
}
