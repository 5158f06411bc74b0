package org.bamarrow.verify;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A filter expression of samtools, implemented a second time: as in htslib, the text is parsed for
 * every record and evaluated on the way. Text is Latin-1: a character for each byte. An operand of a
 * wrong type counts as missing, because at such a record the conversion has failed, unless the
 * operand does not matter.
 */
final class HtsExpression {
  /** A number as Double, NaN if it is missing; text as String, null if it is missing. */
  private record Value(Object value, boolean forcedTrue) {
    static final Value MISSING = new Value(Double.NaN, false);

    static Value of(double number) {
      return new Value(number, false);
    }

    /** The result of an operator: functions of it stay true or false. */
    static Value result(double number) {
      return new Value(number, number != 0 && !Double.isNaN(number));
    }

    static Value of(boolean condition) {
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

  private static final Set<String> FUNCTIONS =
      Set.of("length", "min", "max", "avg", "exists", "default", "sqrt", "log", "pow", "exp");

  private final String text;
  private final Map<String, Pattern> patterns = new HashMap<>();
  private HtsRecord record;
  private int at;

  HtsExpression(String expression) {
    text = new String(expression.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  boolean accepts(HtsRecord next) {
    record = next;
    at = 0;
    return logical().isTrue();
  }

  private boolean take(String expected) {
    while (at < text.length() && " \t".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (!text.startsWith(expected, at)) {
      return false;
    }
    at += expected.length();
    return true;
  }

  private Value logical() {
    Value left = equality();
    for (; ; ) {
      if (take("&&")) {
        Value right = equality();
        left = Value.of(left.isTrue() && right.isTrue());
      } else if (take("||")) {
        Value right = equality();
        left = Value.of(left.isTrue() || right.isTrue());
      } else {
        return left;
      }
    }
  }

  private Value equality() {
    Value left = relation();
    boolean negated = take("!~");
    if (negated || take("=~")) {
      String pattern = (String) simple().value;
      boolean found =
          left.value instanceof String string && pattern(pattern).matcher(string).find();
      return Value.of(left.value != null && found != negated);
    }
    if (take("==")) {
      Value right = equality();
      return missing(left, right) ? Value.MISSING : Value.of(compare(left, right, 0) == 0);
    }
    if (take("!=")) {
      Value right = equality();
      return missing(left, right) ? Value.MISSING : Value.of(compare(left, right, 1) != 0);
    }
    return left;
  }

  private Value relation() {
    Value left = bits('|');
    boolean less = take("<");
    if (!less && !take(">")) {
      return left;
    }
    boolean orEqual = take("=");
    Value right = relation();
    if (missing(left, right)) {
      return Value.MISSING;
    }
    if (left.isNumber() != right.isNumber()) {
      return Value.of(false);
    }
    int comparison = compare(left, right, 0);
    return Value.of(comparison == 0 ? orEqual : comparison < 0 == less);
  }

  private static boolean missing(Value left, Value right) {
    return left.missing() || right.missing();
  }

  /**
   * @param mixed the result for text and a number, which are never equal
   */
  private static int compare(Value left, Value right, int mixed) {
    if (left.isNumber() != right.isNumber()) {
      return mixed == 0 ? 1 : mixed;
    }
    if (left.isNumber()) {
      double a = left.number();
      double b = right.number();
      return a < b ? -1 : a > b ? 1 : 0;
    }
    return cut((String) left.value).compareTo(cut((String) right.value));
  }

  private static String cut(String string) {
    int nul = string.indexOf(0);
    return nul < 0 ? string : string.substring(0, nul);
  }

  /** {@code |}, {@code ^} and {@code &}, from the weakest on. */
  private Value bits(char operator) {
    Value left = tighter(operator);
    while (peek(operator)) {
      at++;
      Value right = tighter(operator);
      left = arithmetic(operator, left, right);
    }
    return left;
  }

  private boolean peek(char operator) {
    take("");
    boolean here = text.startsWith(String.valueOf(operator), at);
    return here && (operator == '^' || !text.startsWith("" + operator + operator, at));
  }

  private Value tighter(char operator) {
    return operator == '|' ? bits('^') : operator == '^' ? bits('&') : sum();
  }

  private Value sum() {
    Value left = product();
    for (; ; ) {
      if (take("+")) {
        left = arithmetic('+', left, product());
      } else if (take("-")) {
        left = arithmetic('-', left, product());
      } else {
        return left;
      }
    }
  }

  private Value product() {
    Value left = unary();
    for (; ; ) {
      if (take("*")) {
        left = arithmetic('*', left, unary());
      } else if (take("/")) {
        left = arithmetic('/', left, unary());
      } else if (take("%")) {
        left = arithmetic('%', left, unary());
      } else {
        return left;
      }
    }
  }

  private static Value arithmetic(char operator, Value left, Value right) {
    if (!left.isNumber() || !right.isNumber()) {
      return Value.MISSING;
    }
    double a = left.number();
    double b = right.number();
    return Value.result(
        switch (operator) {
          case '+' -> a + b;
          case '-' -> a - b;
          case '*' -> a * b;
          case '/' -> a / b;
          case '%' -> (long) b == 0 ? Double.NaN : (long) a % (long) b;
          case '&' -> (long) a & (long) b;
          case '|' -> (long) a | (long) b;
          default -> (long) a ^ (long) b;
        });
  }

  private Value unary() {
    if (take("+")) {
      return arithmetic('+', simple(), Value.of(0));
    }
    if (take("-")) {
      return arithmetic('*', simple(), Value.of(-1));
    }
    if (take("!")) {
      Value operand = unary();
      boolean zero = operand.isNumber() && (long) operand.number() == 0;
      return Value.of(!operand.forcedTrue && (operand.missing() || zero));
    }
    if (take("~")) {
      Value operand = unary();
      return operand.isNumber() ? Value.result(~(long) operand.number()) : Value.MISSING;
    }
    return simple();
  }

  private Value simple() {
    if (take("(")) {
      Value inner = logical();
      take(")");
      return inner;
    }
    if (take("[")) {
      at += 3;
      Object tag = HtsVariables.tag(record, text.substring(at - 3, at - 1));
      return new Value(tag, tag != null);
    }
    if (take("\"")) {
      return new Value(quoted(), false);
    }
    String word = word();
    if (Character.isDigit(word.charAt(0)) || word.charAt(0) == '.') {
      boolean hexadecimal = word.startsWith("0x") || word.startsWith("0X");
      return Value.of(
          hexadecimal ? Long.parseLong(word.substring(2), 16) : Double.parseDouble(word));
    }
    if (FUNCTIONS.contains(word) && take("(")) {
      Value first = logical();
      Value second = take(",") ? logical() : null;
      take(")");
      return call(word, first, second);
    }
    return new Value(HtsVariables.variable(record, word), false);
  }

  /** A name or a number, with the sign of its exponent. */
  private String word() {
    int begin = at;
    boolean hexadecimal = text.startsWith("0x", at) || text.startsWith("0X", at);
    boolean decimal = !hexadecimal && ".0123456789".indexOf(text.charAt(at)) >= 0;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean sign = decimal && "+-".indexOf(c) >= 0 && "eE".indexOf(text.charAt(at - 1)) >= 0;
      if (!Character.isLetterOrDigit(c) && c != '.' && c != '_' && !sign) {
        break;
      }
    }
    return text.substring(begin, at);
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    for (; text.charAt(at) != '"'; at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
        int known = "\"\\tnr".indexOf(text.charAt(at));
        value.append(known < 0 ? "\\" + text.charAt(at) : "" + "\"\\\t\n\r".charAt(known));
      } else {
        value.append(c);
      }
    }
    at++;
    return value.toString();
  }

  private static Value call(String function, Value first, Value second) {
    boolean forced = first.forcedTrue;
    switch (function) {
      case "exists":
        return Value.of(forced || !first.missing());
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
        String string = first.value instanceof String given ? given : "";
        return new Value(ofBytes(function, string), forced);
    }
  }

  private static Value result(double number, boolean forcedTrue) {
    return Double.isNaN(number) ? Value.MISSING : new Value(number, forcedTrue);
  }

  private static double ofBytes(String function, String string) {
    return switch (function) {
      case "length" -> string.length();
      case "min" -> string.chars().asDoubleStream().min().orElse(Double.NaN);
      case "max" -> string.chars().asDoubleStream().max().orElse(Double.NaN);
      default -> string.chars().average().orElse(0);
    };
  }

  private Pattern pattern(String posix) {
    return patterns.computeIfAbsent(posix, any -> Pattern.compile(java(posix), Pattern.DOTALL));
  }

  /** POSIX syntax in Java's, which differs in brackets and in {@code $}. */
  private static String java(String posix) {
    StringBuilder java = new StringBuilder();
    boolean bracket = false;
    for (int i = 0; i < posix.length(); i++) {
      char c = posix.charAt(i);
      if (bracket && posix.startsWith("[:", i)) {
        int end = posix.indexOf(":]", i);
        String name = posix.substring(i + 2, end);
        java.append(name.equals("xdigit") ? "\\p{XDigit}" : "\\p{" + upper(name) + "}");
        i = end + 1;
      } else if (bracket && c == ']') {
        bracket = false;
        java.append(c);
      } else if (bracket) {
        java.append("-".indexOf(c) < 0 && !Character.isLetterOrDigit(c) ? "\\" + c : c);
      } else if (c == '[') {
        bracket = true;
        boolean negated = posix.startsWith("^", i + 1);
        i += negated ? 1 : 0;
        boolean first = posix.startsWith("]", i + 1);
        i += first ? 1 : 0;
        java.append(negated ? "[^" : "[").append(first ? "\\]" : "");
      } else if (c == '\\') {
        java.append(c).append(posix.charAt(++i));
      } else {
        java.append(c == '$' ? "\\z" : String.valueOf(c));
      }
    }
    return java.toString();
  }

  private static String upper(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
