package org.bamarrow.verify;

/**
 * A value of a filter expression: a number as Double, NaN if it is missing; text as String, null if
 * it is missing.
 *
 * @param forcedTrue whether it is true by itself, like the value of a tag
 */
record HtsValue(Object value, boolean forcedTrue) {
  static final HtsValue MISSING = new HtsValue(Double.NaN, false);

  static HtsValue of(double number) {
    return new HtsValue(number, false);
  }

  /** The result of an operator: functions of it stay true or false. */
  static HtsValue result(double number) {
    return new HtsValue(number, number != 0 && !Double.isNaN(number));
  }

  static HtsValue of(boolean condition) {
    return result(condition ? 1 : 0);
  }

  boolean missing() {
    return value == null || value.equals(Double.NaN);
  }

  boolean isNumber() {
    return value instanceof Double && !missing();
  }

  boolean isTrue() {
    return forcedTrue || !missing() && !value.equals(0.0) && !value.equals(-0.0);
  }

  double number() {
    return (Double) value;
  }

  /** The argument of sqrt, log and exp: missing text is 0. */
  double numberOrZero() {
    return value instanceof Double number ? number : value == null ? 0 : Double.NaN;
  }
}
