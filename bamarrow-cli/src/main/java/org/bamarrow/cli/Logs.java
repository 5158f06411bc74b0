package org.bamarrow.cli;

/** What the libraries may log on standard error; before any of them logs. */
final class Logs {
  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private Logs() {}

  /** Warnings only. */
  static void quiet() {
    set("defaultLogLevel", "warn");
    set("showThreadName", "false");
  }

  /** Also what bamarrow itself tells, such as why an inflater is not used. */
  static void verbose() {
    set("log.org.bamarrow", "debug");
  }

  /** The user's own setting on the JVM's command line has precedence. */
  private static void set(String key, String value) {
    if (System.getProperty(PREFIX + key) == null) {
      System.setProperty(PREFIX + key, value);
    }
  }
}
