package org.bamarrow.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A size in bytes: a number, optionally followed by K, M, G or T (powers of 1024). */
public final class SizeConverter implements ITypeConverter<Long> {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([KMGT]?)i?B?");

  @Override
  public Long convert(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException("'" + text + "' is not a size; examples: 500M, 10G");
    }
    int power = "KMGT".indexOf(matcher.group(2)) + (matcher.group(2).isEmpty() ? 0 : 1);
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << 10 * power);
    } catch (ArithmeticException e) {
      throw new TypeConversionException("'" + text + "' is too large");
    }
  }

  /**
   * A size that must fit an int; the options' constructors check the range of each.
   *
   * @param value null: not given
   * @throws IllegalArgumentException if it is greater than 2^31 - 1
   */
  static int toInt(OptionKey option, Long value, int otherwise) {
    if (value == null) {
      return otherwise;
    }
    if (value > Integer.MAX_VALUE) {
      throw new OptionException(option, " " + value + ": must be less than 2G");
    }
    return value.intValue();
  }
}
