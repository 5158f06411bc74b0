package org.bamarrow.convert;

import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;

/** Checks of option values, with the same messages for all options. */
final class Checks {
  private Checks() {}

  /**
   * @param expected the valid values, such as {@code 1 to 1024}
   */
  static void require(boolean valid, OptionKey option, Object value, String expected) {
    if (!valid) {
      throw new OptionException(option, " " + value + ": must be " + expected);
    }
  }

  /** A number of bytes from {@code min} to {@code max}. */
  static void bytes(OptionKey option, long value, long min, long max) {
    if (value < min || value > max) {
      throw new OptionException(option, " " + value + ": must be " + min + " to " + max + " bytes");
    }
  }
}
