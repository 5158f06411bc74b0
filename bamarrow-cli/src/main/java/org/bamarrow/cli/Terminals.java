package org.bamarrow.cli;

/**
 * Which standard streams are terminals. Not all JVM versions can detect this for each stream, so
 * the launcher sets the property {@code bamarrow.terminals} to the numbers of the streams.
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
