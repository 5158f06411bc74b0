package org.bamarrow.verify;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A filter expression of samtools, implemented a second time: as in htslib, the text is parsed for
 * every record and evaluated on the way. Text is Latin-1: a character for each byte. An operand of
 * a wrong type counts as missing, because at such a record the conversion has failed, unless the
 * operand does not matter.
 */
final class HtsExpression {
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

  private HtsValue logical() {
    HtsValue left = equality();
    for (; ; ) {
      if (take("&&")) {
        HtsValue right = equality();
        left = HtsValue.of(left.isTrue() && right.isTrue());
      } else if (take("||")) {
        HtsValue right = equality();
        left = HtsValue.of(left.isTrue() || right.isTrue());
      } else {
        return left;
      }
    }
  }

  /** Java's regular expressions recurse for each repetition of a group. */
  private boolean matches(String pattern, String text) {
    try {
      return pattern(pattern).matcher(text).find();
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException(
          String.format(
              "verify cannot evaluate \"%s\" on text of %d characters; give Java a larger stack"
                  + " (BAMARROW_JAVA_OPTS=-Xss512m)",
              pattern, text.length()),
          e);
    }
  }

  private HtsValue equality() {
    HtsValue left = relation();
    boolean negated = take("!~");
    if (negated || take("=~")) {
      String pattern = (String) simple().value();
      boolean found = left.value() instanceof String string && matches(pattern, cut(string));
      return HtsValue.of(left.value() != null && found != negated);
    }
    if (take("==")) {
      HtsValue right = equality();
      return missing(left, right) ? HtsValue.MISSING : HtsValue.of(compare(left, right, 0) == 0);
    }
    if (take("!=")) {
      HtsValue right = equality();
      return missing(left, right) ? HtsValue.MISSING : HtsValue.of(compare(left, right, 1) != 0);
    }
    return left;
  }

  private HtsValue relation() {
    HtsValue left = bits('|');
    boolean less = take("<");
    if (!less && !take(">")) {
      return left;
    }
    boolean orEqual = take("=");
    HtsValue right = relation();
    if (missing(left, right)) {
      return HtsValue.MISSING;
    }
    if (left.isNumber() != right.isNumber()) {
      return HtsValue.of(false);
    }
    int comparison = compare(left, right, 0);
    return HtsValue.of(comparison == 0 ? orEqual : comparison < 0 == less);
  }

  private static boolean missing(HtsValue left, HtsValue right) {
    return left.missing() || right.missing();
  }

  /**
   * @param mixed the result for text and a number, which are never equal
   */
  private static int compare(HtsValue left, HtsValue right, int mixed) {
    if (left.isNumber() != right.isNumber()) {
      return mixed == 0 ? 1 : mixed;
    }
    if (left.isNumber()) {
      double a = left.number();
      double b = right.number();
      return a < b ? -1 : a > b ? 1 : 0;
    }
    return cut((String) left.value()).compareTo(cut((String) right.value()));
  }

  private static String cut(String string) {
    int nul = string.indexOf(0);
    return nul < 0 ? string : string.substring(0, nul);
  }

  /** {@code |}, {@code ^} and {@code &}, from the weakest on. */
  private HtsValue bits(char operator) {
    HtsValue left = tighter(operator);
    while (peek(operator)) {
      at++;
      HtsValue right = tighter(operator);
      left = arithmetic(operator, left, right);
    }
    return left;
  }

  private boolean peek(char operator) {
    take("");
    boolean here = text.startsWith(String.valueOf(operator), at);
    return here && (operator == '^' || !text.startsWith("" + operator + operator, at));
  }

  private HtsValue tighter(char operator) {
    return operator == '|' ? bits('^') : operator == '^' ? bits('&') : sum();
  }

  private HtsValue sum() {
    HtsValue left = product();
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

  private HtsValue product() {
    HtsValue left = unary();
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

  private static HtsValue arithmetic(char operator, HtsValue left, HtsValue right) {
    if (!left.isNumber() || !right.isNumber()) {
      return HtsValue.MISSING;
    }
    double a = left.number();
    double b = right.number();
    return HtsValue.result(
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

  private HtsValue unary() {
    if (take("+")) {
      return arithmetic('+', simple(), HtsValue.of(0));
    }
    if (take("-")) {
      return arithmetic('*', simple(), HtsValue.of(-1));
    }
    if (take("!")) {
      HtsValue operand = unary();
      boolean zero = operand.isNumber() && (long) operand.number() == 0;
      return HtsValue.of(!operand.forcedTrue() && (operand.missing() || zero));
    }
    if (take("~")) {
      HtsValue operand = unary();
      return operand.isNumber() ? HtsValue.result(~(long) operand.number()) : HtsValue.MISSING;
    }
    return simple();
  }

  private HtsValue simple() {
    if (take("(")) {
      HtsValue inner = logical();
      take(")");
      return inner;
    }
    if (take("[")) {
      at += 3;
      Object tag = HtsVariables.tag(record, text.substring(at - 3, at - 1));
      return new HtsValue(tag, tag != null);
    }
    if (take("\"")) {
      return new HtsValue(quoted(), false);
    }
    String word = word();
    if (Character.isDigit(word.charAt(0)) || word.charAt(0) == '.') {
      boolean hexadecimal = word.startsWith("0x") || word.startsWith("0X");
      return HtsValue.of(
          hexadecimal ? Long.parseLong(word.substring(2), 16) : Double.parseDouble(word));
    }
    if (HtsFunctions.NAMES.contains(word) && take("(")) {
      HtsValue first = logical();
      HtsValue second = take(",") ? logical() : null;
      take(")");
      return HtsFunctions.call(word, first, second);
    }
    return new HtsValue(HtsVariables.variable(record, word), false);
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

  private Pattern pattern(String posix) {
    return patterns.computeIfAbsent(posix, any -> PosixPattern.compile(posix));
  }
}
