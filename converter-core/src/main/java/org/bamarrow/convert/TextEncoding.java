package org.bamarrow.convert;

/**
 * The encoding of names and text tags in a BAM. Arrow text is UTF-8 in either case. The
 * specification allows ASCII there; UTF-8 and Latin-1 differ in what lies outside of it.
 */
public enum TextEncoding {
  /** Text that is not UTF-8 is an error. */
  UTF_8,
  /** Each byte is a character of ISO 8859-1 and is converted to UTF-8. */
  LATIN_1
}
