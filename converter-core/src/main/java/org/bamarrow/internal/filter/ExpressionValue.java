package org.bamarrow.internal.filter;

import java.util.Arrays;
import org.bamarrow.internal.bam.TextCheck;

/**
 * The value of a part of a filter expression for one record: a number, text, or missing. Mutable,
 * and reused for every record. As htslib's {@code hts_expr_val_t}, it can be true by itself, even
 * if it is 0: the value of a tag is true because the tag is there.
 */
final class ExpressionValue {
  private boolean isText;
  private boolean forcedTrue;
  private double number;
  private byte[] text; // null: missing text
  private int from;
  private int to;

  void set(double value) {
    isText = false;
    forcedTrue = false;
    number = value;
  }

  /** The result of an operator, which functions of it leave true or false: {@code log(2 - 1)}. */
  void setResult(double value) {
    set(value);
    forcedTrue = value != 0 && !Double.isNaN(value);
  }

  void setResult(boolean value) {
    setResult(value ? 1 : 0);
  }

  /** Text in {@code data[from, to)}, which must not change while the value is used. */
  void set(byte[] data, int start, int end) {
    isText = true;
    forcedTrue = false;
    text = data;
    from = start;
    to = end;
  }

  void set(ExpressionValue other) {
    isText = other.isText;
    forcedTrue = other.forcedTrue;
    number = other.number;
    text = other.text;
    from = other.from;
    to = other.to;
  }

  /** A number that is not known: NaN, which is false. */
  void setMissing() {
    set(Double.NaN);
  }

  /** The value of a tag that the record does not have. */
  void setMissingText() {
    set(null, 0, 0);
  }

  /** True, whatever the value is. */
  void forceTrue() {
    forcedTrue = true;
  }

  /** Replaces the value by a number computed from it; what was true by itself stays so. */
  void become(double value) {
    boolean before = forcedTrue;
    set(value);
    forcedTrue = before;
  }

  boolean isText() {
    return isText;
  }

  /** The number; 0 for text, as htslib has it. */
  double number() {
    return isText ? 0 : number;
  }

  boolean isMissing() {
    return isText ? text == null : Double.isNaN(number);
  }

  boolean isForcedTrue() {
    return forcedTrue;
  }

  /** Text is true, also if it is empty; of numbers all but 0. */
  boolean isTrue() {
    return forcedTrue || (isText ? text != null : number != 0 && !Double.isNaN(number));
  }

  /** Bytes of the text; 0 if it is missing. */
  int length() {
    return to - from;
  }

  int unsignedByte(int index) {
    return text[from + index] & 0xff;
  }

  /** Compares as strcmp does: unsigned bytes up to the first NUL. */
  int compareText(ExpressionValue other) {
    return Arrays.compareUnsigned(text, from, nul(), other.text, other.from, other.nul());
  }

  boolean matches(PosixRegex pattern) {
    return pattern.find(text, from, nul());
  }

  private int nul() {
    return TextCheck.indexOfNul(text, from, to);
  }
}
