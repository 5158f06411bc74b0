package org.bamarrow.internal.filter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Parses a POSIX extended regular expression (IEEE Std 1003.1, 9.4) over bytes. What POSIX leaves
 * undefined is an error, such as {@code \d} or {@code a**}; but parts may be empty: {@code (a|)}.
 */
final class PosixRegexParser {
  /** A part of an expression. */
  sealed interface Part {}

  /** One byte of a set. */
  record OneOf(BitSet bytes) implements Part {}

  /** One after the other; nothing if there are none. */
  record Sequence(List<Part> parts) implements Part {}

  /** One of several. */
  record Choice(List<Part> parts) implements Part {}

  /**
   * @param max {@link #UNBOUNDED} for any number
   */
  record Repeat(Part part, int min, int max) implements Part {}

  /** {@code ^} or {@code $}. */
  record Anchor(boolean end) implements Part {}

  static final int UNBOUNDED = -1;

  /** RE_DUP_MAX of glibc. */
  private static final int MAX_REPEAT = 0x7fff;

  private static final int MAX_NESTING = 100;

  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("alpha", "AZaz"),
          Map.entry("digit", "09"),
          Map.entry("alnum", "AZaz09"),
          Map.entry("upper", "AZ"),
          Map.entry("lower", "az"),
          Map.entry("space", "  \t\r"),
          Map.entry("blank", "  \t\t"),
          Map.entry("punct", "!/:@[`{~"),
          Map.entry("print", " ~"),
          Map.entry("graph", "!~"),
          Map.entry("cntrl", "\0\u001f\u007f\u007f"),
          Map.entry("xdigit", "09AFaf"));

  private final byte[] pattern;
  private int at;
  private int nesting;

  private PosixRegexParser(byte[] pattern) {
    this.pattern = pattern;
  }

  /**
   * @throws IllegalArgumentException if it is not a regular expression
   */
  static Part parse(byte[] pattern) {
    PosixRegexParser parser = new PosixRegexParser(pattern);
    Part part = parser.choice();
    if (parser.at < pattern.length) {
      throw new IllegalArgumentException("')' without '('");
    }
    return part;
  }

  private int peek() {
    return at < pattern.length ? pattern[at] & 0xff : -1;
  }

  private boolean take(char expected) {
    if (peek() != expected) {
      return false;
    }
    at++;
    return true;
  }

  private Part choice() {
    List<Part> parts = new ArrayList<>();
    do {
      parts.add(sequence());
    } while (take('|'));
    return parts.size() == 1 ? parts.get(0) : new Choice(parts);
  }

  private Part sequence() {
    List<Part> parts = new ArrayList<>();
    while (peek() >= 0 && peek() != '|' && peek() != ')') {
      Part part = repeated(atom());
      parts.add(part);
    }
    return new Sequence(parts);
  }

  private Part repeated(Part part) {
    int operator = peek();
    if ("*+?{".indexOf(operator) < 0) {
      return part;
    }
    if (part instanceof Anchor) {
      throw nothingToRepeat();
    }
    at++;
    Part repeat =
        switch (operator) {
          case '*' -> new Repeat(part, 0, UNBOUNDED);
          case '+' -> new Repeat(part, 1, UNBOUNDED);
          case '?' -> new Repeat(part, 0, 1);
          default -> interval(part);
        };
    if (peek() >= 0 && "*+?{".indexOf(peek()) >= 0) {
      throw nothingToRepeat();
    }
    return repeat;
  }

  private IllegalArgumentException nothingToRepeat() {
    return new IllegalArgumentException("'" + (char) peek() + "' has nothing to repeat");
  }

  private Part interval(Part part) {
    int min = number();
    int max = min;
    if (take(',')) {
      max = peek() == '}' ? UNBOUNDED : number();
    }
    if (!take('}') || min < 0 || max != UNBOUNDED && max < min) {
      throw new IllegalArgumentException("'{' must begin {n}, {n,} or {n,m} with n <= m");
    }
    return new Repeat(part, min, max);
  }

  /** Digits; -2 if there are none. */
  private int number() {
    int value = -2;
    while (peek() >= '0' && peek() <= '9') {
      value = 10 * Math.max(0, value) + pattern[at++] - '0';
      if (value > MAX_REPEAT) {
        throw new IllegalArgumentException("more than " + MAX_REPEAT + " repetitions");
      }
    }
    return value;
  }

  private Part atom() {
    int c = pattern[at++] & 0xff;
    switch (c) {
      case '^', '$':
        return new Anchor(c == '$');
      case '.':
        return new OneOf(range(1, 0xff));
      case '[':
        return new OneOf(bracket());
      case '(':
        return group();
      case '\\':
        c = peek();
        // of glibc, where these are ends of words and of the text
        if (c < 0 || c >= 0x80 || Character.isLetterOrDigit(c) || "<>`'".indexOf(c) >= 0) {
          throw new IllegalArgumentException(
              c < 0
                  ? "a backslash at the end"
                  : "POSIX does not define '\\"
                      + (char) c
                      + "'; it has classes such as [[:digit:]]");
        }
        at++;
        return new OneOf(range(c, c));
      case '*', '+', '?', '{':
        at--;
        throw nothingToRepeat();
      default:
        return new OneOf(range(c, c));
    }
  }

  private Part group() {
    if (++nesting > MAX_NESTING) {
      throw new IllegalArgumentException("more than " + MAX_NESTING + " nested parentheses");
    }
    Part part = choice();
    nesting--;
    if (!take(')')) {
      throw new IllegalArgumentException("'(' without ')'");
    }
    return part;
  }

  private BitSet bracket() {
    boolean negated = take('^');
    BitSet set = new BitSet();
    boolean first = true;
    while (first || peek() != ']') {
      first = false;
      if (peek() == '[' && at + 1 < pattern.length && pattern[at + 1] == ':') {
        set.or(named());
        continue;
      }
      int from = element();
      int to = from;
      if (peek() == '-' && at + 1 < pattern.length && pattern[at + 1] != ']') {
        at++;
        to = element();
      }
      if (to < from) {
        throw new IllegalArgumentException("a range in brackets ends before it starts");
      }
      set.or(range(from, to));
    }
    at++;
    if (negated) {
      set.flip(1, 0x100);
    }
    set.clear(0);
    return set;
  }

  private int element() {
    if (peek() < 0) {
      throw new IllegalArgumentException("'[' without ']'");
    }
    if (peek() == '[' && at + 1 < pattern.length && "=.".indexOf(pattern[at + 1]) >= 0) {
      throw new IllegalArgumentException("[= and [. are not supported");
    }
    return pattern[at++] & 0xff;
  }

  private BitSet named() {
    int from = at + 2;
    int to = from;
    while (to < pattern.length && Character.isLetter(pattern[to])) {
      to++;
    }
    String name = new String(pattern, from, to - from, StandardCharsets.US_ASCII);
    String ranges = CLASSES.get(name);
    if (ranges == null
        || to + 1 >= pattern.length
        || pattern[to] != ':'
        || pattern[to + 1] != ']') {
      throw new IllegalArgumentException("'[:' must begin a class such as [:alpha:]");
    }
    at = to + 2;
    BitSet set = new BitSet();
    for (int i = 0; i < ranges.length(); i += 2) {
      set.or(range(ranges.charAt(i), ranges.charAt(i + 1)));
    }
    return set;
  }

  private static BitSet range(int from, int to) {
    BitSet set = new BitSet();
    set.set(from, to + 1);
    return set;
  }
}
