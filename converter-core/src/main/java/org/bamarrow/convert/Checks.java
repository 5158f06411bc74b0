package org.bamarrow.convert;

import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;

/** Checks of the options' values, with one wording for all. */
final class Checks {
  private Checks() {}

  /**
   * @param expected what the option takes, such as {@code 1 to 1024}
   */
  static void require(boolean valid, OptionKey option, Object value, String expected) {
    if (!valid) {
      throw new OptionException(option, " " + value + ": must be " + expected);
    }
  }

  /** A number of bytes from {@code least} to {@code most}. */
  static void bytes(OptionKey option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new OptionException(
          option, " " + value + ": must be " + least + " to " + most + " bytes");
    }
  }
}
