package org.bamarrow.convert;

/** The form of the CIGAR, column {@code cigar} (SAM specification 1.4, field 6). */
public enum CigarForm {
  /** Text, as SAM has it, such as {@code 5S95M}: {@code utf8}. */
  TEXT,
  /** One struct of operation and length for each operation: {@code list<struct<op, length>>}. */
  OPS
}
