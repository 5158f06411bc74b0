package org.bamarrow.verify;

/** The first difference, thrown by the check of a column to the {@link Verifier}. */
final class Mismatch extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_VALUE = 200;

  final String column;
  final String expected;
  final String found;

  Mismatch(String column, Object expected, Object found) {
    super(null, null, false, false);
    this.column = column;
    this.expected = shortened(expected);
    this.found = shortened(found);
  }

  private static String shortened(Object value) {
    String text = String.valueOf(value);
    return text.length() <= LONGEST_VALUE
        ? text
        : text.substring(0, LONGEST_VALUE) + "... (" + text.length() + " characters)";
  }
}
