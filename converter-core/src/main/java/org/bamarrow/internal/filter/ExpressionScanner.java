package org.bamarrow.internal.filter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;

/** The characters of a filter expression: literals, names, and errors with their positions. */
final class ExpressionScanner {
  /** Decimal, with or without fraction and exponent, or hexadecimal. */
  private static final Pattern NUMBER =
      Pattern.compile("0[xX][0-9a-fA-F]{1,15}|(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");

  private final String text;
  private int at;

  ExpressionScanner(String text) {
    this.text = text;
  }

  /** 0-based position of the next character that is not a space. */
  int position() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }

  boolean atEnd() {
    return position() == text.length();
  }

  /** Consumes the next characters if they are these. */
  boolean take(String expected) {
    if (!text.startsWith(expected, position())) {
      return false;
    }
    at += expected.length();
    return true;
  }

  /** As {@link #take(String)}, unless {@code without} follows. */
  boolean takeAlone(String expected, char without) {
    int end = position() + expected.length();
    boolean alone = end >= text.length() || text.charAt(end) != without;
    return alone && take(expected);
  }

  /** Whether the next character, without spaces before it, is this. */
  boolean isNext(char expected) {
    return at < text.length() && text.charAt(at) == expected;
  }

  /** The next characters if they are a name; null if not. */
  String name() {
    return take(NAME);
  }

  /** The value of the next characters if they are a number; null if not. */
  Double number() {
    String digits = take(NUMBER);
    if (digits == null) {
      return null;
    }
    boolean hexadecimal = digits.startsWith("0x") || digits.startsWith("0X");
    return hexadecimal ? (double) Long.parseLong(digits.substring(2), 16) : Double.valueOf(digits);
  }

  private String take(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(position(), text.length());
    if (!matcher.lookingAt()) {
      return null;
    }
    at = matcher.end();
    return matcher.group();
  }

  /** The text in quotation marks, if it begins here; null if not. */
  String quoted() {
    int begin = position();
    if (!take("\"")) {
      return null;
    }
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      value.append(
          c == '\\' && at < text.length() ? escaped(text.charAt(at++)) : String.valueOf(c));
    }
    if (!take("\"")) {
      throw error(begin, "the text has no closing '\"'");
    }
    return value.toString();
  }

  /** A backslash before any other character stands for itself: {@code "a\.b"}. */
  private static String escaped(char c) {
    return switch (c) {
      case '"', '\\' -> String.valueOf(c);
      case 't' -> "\t";
      case 'n' -> "\n";
      case 'r' -> "\r";
      default -> "\\" + c;
    };
  }

  /** The two letters of a tag in brackets, if it begins here; null if not. */
  String tag() {
    int begin = position();
    if (!take("[")) {
      return null;
    }
    boolean valid = text.length() >= at + 3 && text.charAt(at + 2) == ']';
    for (int i = at; valid && i < at + 2; i++) {
      valid = text.charAt(i) > ' ' && text.charAt(i) < 0x7f;
    }
    if (!valid) {
      throw error(begin, "a tag is two ASCII characters in brackets, such as [NM]");
    }
    at += 3;
    return text.substring(at - 3, at - 1);
  }

  /** What is at the current position, for an error. */
  String found() {
    if (atEnd()) {
      return "the end";
    }
    int end = text.offsetByCodePoints(position(), 1);
    return "'" + text.substring(at, end) + "'";
  }

  OptionException error(int position, String problem) {
    int character = text.codePointCount(0, position) + 1;
    return new OptionException(
        OptionKey.EXPR, " '" + text + "': character " + character + ": " + problem);
  }
}
