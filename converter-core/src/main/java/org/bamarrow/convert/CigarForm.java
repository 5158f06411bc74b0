package org.bamarrow.convert;

/** The form of the CIGAR, column {@code cigar} (SAM specification 1.4, field 6). */
public enum CigarForm {
  /** SAM text, such as {@code 5S95M}: {@code utf8}. */
  TEXT,
  /** A list of structs of operation and length: {@code list<struct<op, length>>}. */
  OPS
}
