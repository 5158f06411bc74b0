package org.bamarrow.verify;

/**
 * The result of comparing BAM files with an Arrow file.
 *
 * @param rows rows that are equal
 * @param fields fields of these rows that were compared, counting each child of {@code tags}
 * @param difference the first difference, or null
 * @param message the outcome in one sentence
 */
public record VerifyResult(
    Outcome outcome, long rows, long fields, Difference difference, String message) {

  /** The three outcomes; only {@link #EQUAL} is a proof. */
  public enum Outcome {
    /** Every field of every row equals what htsjdk reads. */
    EQUAL,
    /** The Arrow file differs from these BAM files with its options. */
    DIFFERENT,
    /** htsjdk cannot read the BAM file, valid or not, so it is not verified. */
    NOT_READABLE_BY_HTSJDK
  }

  /**
   * The first difference.
   *
   * @param file the BAM file as given by the caller, or the Arrow file if it concerns no record
   * @param record 1-based number of the record in its BAM file; 0: none, it is the schema, the
   *     header or the references
   * @param row 1-based number of the row in the Arrow file; 0: none
   * @param column the column's name, {@code tags.NM} for a tag, or what differs otherwise, in
   *     parentheses
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
