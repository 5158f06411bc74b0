package org.bamarrow.verify;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Float values as samtools 1.16 prints them: as C's {@code %g}, six significant digits without
 * trailing zeros, in exponent form below 1e-4 and from 1e6 on. Ties between 1e-4 and 999999 round
 * away from zero, all others to even. Made from the exact decimal value, and from {@code %g} alone:
 * the converter has code of its own.
 */
final class FloatText {
  private static final MathContext TIES_UP = new MathContext(6, RoundingMode.HALF_UP);
  private static final MathContext TIES_TO_EVEN = new MathContext(6, RoundingMode.HALF_EVEN);

  private FloatText() {}

  /** Appends the text of {@code value}; a negative zero and a negative NaN keep their sign. */
  static void append(float value, Bytes out) {
    if (Float.floatToRawIntBits(value) < 0) {
      out.add('-');
    }
    double magnitude = Math.abs((double) value);
    if (magnitude < 1e6 && magnitude == (int) magnitude) {
      out.addNumber((int) magnitude);
    } else if (Double.isNaN(magnitude)) {
      out.addLatin1("nan");
    } else if (Double.isInfinite(magnitude)) {
      out.addLatin1("inf");
    } else {
      boolean plain = magnitude >= 1e-4 && magnitude <= 999_999;
      digits(new BigDecimal(magnitude).round(plain ? TIES_UP : TIES_TO_EVEN), out);
    }
  }

  private static void digits(BigDecimal rounded, Bytes out) {
    BigDecimal value = rounded.stripTrailingZeros();
    int exponent = value.precision() - value.scale() - 1;
    if (exponent >= -4 && exponent < 6) {
      out.addLatin1(value.toPlainString());
      return;
    }
    out.addLatin1(value.movePointLeft(exponent).toPlainString());
    out.add('e').add(exponent < 0 ? '-' : '+');
    if (Math.abs(exponent) < 10) {
      out.add('0');
    }
    out.addNumber(Math.abs(exponent));
  }
}
