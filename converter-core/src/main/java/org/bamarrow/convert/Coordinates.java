package org.bamarrow.convert;

/** How {@code pos}, {@code pnext} and {@code end} count bases (SAM specification 1.3). */
public enum Coordinates {
  /** From 1, as SAM text; {@code end} is the last base: closed intervals. */
  ONE_BASED,
  /** From 0, as the BAM itself; {@code end} is the base after the last: half-open intervals. */
  ZERO_BASED
}
