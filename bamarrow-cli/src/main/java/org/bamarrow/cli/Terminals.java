package org.bamarrow.cli;

/**
 * Which standard streams are terminals. The JVM cannot tell them apart on all versions, so the
 * launcher does: property {@code bamarrow.terminals} with the numbers of the streams.
 */
final class Terminals {
  private static final String NUMBERS = System.getProperty("bamarrow.terminals", "");

  private Terminals() {}

  static boolean standardOutput() {
    return NUMBERS.contains("1");
  }

  static boolean standardError() {
    return NUMBERS.contains("2");
  }
}
