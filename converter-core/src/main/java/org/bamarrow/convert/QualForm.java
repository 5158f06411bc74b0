package org.bamarrow.convert;

/** The form of the base qualities, column {@code qual} (SAM specification 1.4, field 11). */
public enum QualForm {
  /** Phred+33 text, as in SAM: {@code utf8}. */
  TEXT,
  /** The Phred values, 0 to 254, as {@code list<int8>}; values of 128 and more are negative. */
  NUMBERS
}
