package org.bamarrow.convert;

/** The form of the base qualities, column {@code qual} (SAM specification 1.4, field 11). */
public enum QualForm {
  /** Phred+33 text, as SAM has it: {@code utf8}. */
  TEXT,
  /**
   * The Phred values themselves, 0 to 254: {@code list<int8>}, of which 128 and more are negative.
   */
  NUMBERS
}
