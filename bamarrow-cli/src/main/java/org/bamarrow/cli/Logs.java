package org.bamarrow.cli;

/** Configures what libraries log on standard error; must run before any of them logs. */
final class Logs {
  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private Logs() {}

  /** Warnings only. */
  static void quiet() {
    set("defaultLogLevel", "warn");
    set("showThreadName", "false");
  }

  /** Also debug messages of bamarrow, such as why an inflater is not used. */
  static void verbose() {
    set("log.org.bamarrow", "debug");
  }

  /** A setting given on the command line of the JVM takes precedence. */
  private static void set(String key, String value) {
    if (System.getProperty(PREFIX + key) == null) {
      System.setProperty(PREFIX + key, value);
    }
  }
}
