package org.bamarrow.internal.bam;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Formats float values as SAM text, with the digits of samtools 1.16 (six significant digits, like
 * {@code %g} in C). Later releases of htslib round exact ties to even, 1.16 rounds them up.
 */
public final class SamFloat {
  /** The longest text: sign, digit, point, five digits, {@code e-45}. */
  public static final int MAX_LENGTH = 32;

  /** Index d: values from here on have six significant digits with fewer than d decimals. */
  private static final double[] FEWER_DECIMALS_FROM = {
    0, 1e5, 1e4, 1e3, 100, 10, 1, 0.1, 0.01, 0.001
  };

  private static final long[] POWERS = {
    1,
    10,
    100,
    1_000,
    10_000,
    100_000,
    1_000_000,
    10_000_000,
    100_000_000,
    1_000_000_000,
    10_000_000_000L
  };

  private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

  private SamFloat() {}

  /**
   * Writes the text of {@code value} from {@code offset} on, at most {@link #MAX_LENGTH} bytes, and
   * returns the offset after it.
   */
  public static int write(float value, byte[] target, int offset) {
    int at = offset;
    // Tests the sign bit, since -0 and a negative NaN keep their sign.
    if (Float.floatToRawIntBits(value) < 0) {
      target[at++] = '-';
    }
    double magnitude = Math.abs((double) value);
    if (magnitude == 0) {
      target[at++] = '0';
      return at;
    }
    if (magnitude >= 0.0001 && magnitude <= 999999) {
      return fixed(magnitude, target, at);
    }
    if (Double.isNaN(magnitude)) {
      return ascii("nan", target, at);
    }
    return Double.isInfinite(magnitude) ? ascii("inf", target, at) : general(magnitude, target, at);
  }

  /**
   * Fixed-point notation. htslib truncates the value to ten decimals, adds half a unit of the sixth
   * significant digit and truncates again; the same steps give the same digits at and near ties.
   */
  private static int fixed(double value, byte[] target, int offset) {
    int decimals = 9;
    long unit = 10;
    while (decimals > 0 && value >= FEWER_DECIMALS_FROM[decimals]) {
      decimals--;
      unit *= 10;
    }
    int digits = (int) (((long) (value * 1e10) + unit / 2) / unit);
    while (decimals > 0 && digits % 10 == 0) {
      digits /= 10;
      decimals--;
    }
    return decimal(digits, decimals, target, offset);
  }

  /** Writes {@code digits / 10^decimals} with at least one digit before the decimal point. */
  private static int decimal(int digits, int decimals, byte[] target, int offset) {
    int width = decimals + 1;
    for (long power = POWERS[width]; digits >= power; power *= 10) {
      width++;
    }
    int end = offset + width + (decimals > 0 ? 1 : 0);
    int point = decimals > 0 ? end - 1 - decimals : -1;
    int rest = digits;
    for (int at = end - 1; at >= offset; at--) {
      if (at == point) {
        target[at] = '.';
      } else {
        target[at] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
    return end;
  }

  /** {@code %g} outside the range of {@link #fixed}; rare, so it may allocate. */
  private static int general(double value, byte[] target, int offset) {
    BigDecimal rounded = new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < 6) {
      return ascii(rounded.toPlainString(), target, offset);
    }
    String digits = rounded.unscaledValue().toString();
    int at = ascii(digits.substring(0, 1), target, offset);
    if (digits.length() > 1) {
      target[at++] = '.';
      at = ascii(digits.substring(1), target, at);
    }
    target[at++] = 'e';
    target[at++] = (byte) (exponent < 0 ? '-' : '+');
    int size = Math.abs(exponent);
    target[at++] = (byte) ('0' + size / 10);
    target[at++] = (byte) ('0' + size % 10);
    return at;
  }

  private static int ascii(String text, byte[] target, int offset) {
    for (int i = 0; i < text.length(); i++) {
      target[offset + i] = (byte) text.charAt(i);
    }
    return offset + text.length();
  }
}
