package org.bamarrow.verify;

/**
 * What came of comparing BAM files with an Arrow file.
 *
 * @param rows rows that were compared and found equal
 * @param fields fields of these rows that were compared, each child of {@code tags} counted
 * @param difference the first difference, or null
 * @param message the outcome in one sentence
 */
public record VerifyResult(
    Outcome outcome, long rows, long fields, Difference difference, String message) {

  /** The three ends of a comparison; only {@link #EQUAL} proves anything. */
  public enum Outcome {
    /** Every field of every row is what htsjdk reads. */
    EQUAL,
    /** The Arrow file is not what these BAM files and its options give. */
    DIFFERENT,
    /** htsjdk cannot read the BAM file, valid or not, so nothing is proved. */
    NOT_READABLE_BY_HTSJDK
  }

  /**
   * The first difference.
   *
   * @param file the BAM file as the caller named it, or the Arrow file where it concerns no record
   * @param record 1-based number of the record in its BAM file; 0: none, it is the schema, the
   *     header or the references
   * @param row 1-based number of the row in the Arrow file; 0: none
   * @param column the column's name, {@code tags.NM} for a tag, or what else differs in brackets
   */
  public record Difference(
      String file, long record, long row, String column, String expected, String found) {
    @Override
    public String toString() {
      String place = record == 0 ? "" : ", record " + record + " (row " + row + ")";
      return file + place + ", " + column + ": expected " + expected + ", found " + found;
    }
  }

  static VerifyResult equal(long rows, long fields) {
    String message = "equal: " + rows + " rows, " + fields + " fields, header and references";
    return new VerifyResult(Outcome.EQUAL, rows, fields, null, message);
  }

  static VerifyResult different(long rows, long fields, Difference difference) {
    String message =
        "different: "
            + difference
            + "; before it "
            + rows
            + " rows, "
            + fields
            + " fields are equal";
    return new VerifyResult(Outcome.DIFFERENT, rows, fields, difference, message);
  }

  static VerifyResult notReadable(long rows, long fields, String problem) {
    String message =
        "not verified: "
            + problem
            + "; before it "
            + rows
            + " rows, "
            + fields
            + " fields are equal";
    return new VerifyResult(Outcome.NOT_READABLE_BY_HTSJDK, rows, fields, null, message);
  }
}
