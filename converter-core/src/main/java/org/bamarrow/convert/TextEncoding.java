package org.bamarrow.convert;

/**
 * The encoding of names and text tags in a BAM. Arrow text is always UTF-8. The specification
 * allows only ASCII there; UTF-8 and Latin-1 differ in the other characters.
 */
public enum TextEncoding {
  /** Text that is not UTF-8 is an error. */
  UTF_8,
  /** Each byte is a character of ISO 8859-1 and is converted to UTF-8. */
  LATIN_1
}
