package org.bamarrow.verify;

import java.util.Set;

/** The functions of {@link HtsExpression}. */
final class HtsFunctions {
  static final Set<String> NAMES =
      Set.of("length", "min", "max", "avg", "exists", "default", "sqrt", "log", "pow", "exp");

  private HtsFunctions() {}

  /**
   * The value of a function.
   *
   * @param second null for a function of one value
   */
  static HtsValue call(String function, HtsValue first, HtsValue second) {
    boolean forced = first.forcedTrue();
    switch (function) {
      case "exists":
        return HtsValue.of(forced || !first.missing());
      case "default":
        return forced || !first.missing() ? first : second;
      case "pow":
        boolean numbers = first.isNumber() && second.isNumber();
        return result(numbers ? Math.pow(first.number(), second.number()) : Double.NaN, forced);
      case "sqrt":
        return result(Math.sqrt(first.numberOrZero()), forced);
      case "log":
        return result(Math.log(first.numberOrZero()), forced);
      case "exp":
        return result(Math.exp(first.numberOrZero()), forced);
      default:
        String string = first.value() instanceof String given ? given : "";
        return new HtsValue(ofBytes(function, string), forced);
    }
  }

  private static HtsValue result(double number, boolean forcedTrue) {
    return Double.isNaN(number) ? HtsValue.MISSING : new HtsValue(number, forcedTrue);
  }

  private static double ofBytes(String function, String string) {
    return switch (function) {
      case "length" -> string.length();
      case "min" -> string.chars().asDoubleStream().min().orElse(Double.NaN);
      case "max" -> string.chars().asDoubleStream().max().orElse(Double.NaN);
      default -> string.chars().average().orElse(0);
    };
  }
}
