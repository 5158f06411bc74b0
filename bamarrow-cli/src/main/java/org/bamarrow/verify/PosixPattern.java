package org.bamarrow.verify;

import java.util.regex.Pattern;

/**
 * POSIX extended regular expressions in the syntax of Java, which differs in brackets and in {@code
 * $}.
 */
final class PosixPattern {
  private PosixPattern() {}

  /** The pattern of a valid expression; characters are bytes. */
  static Pattern compile(String posix) {
    return Pattern.compile(java(posix), Pattern.DOTALL);
  }

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
