package org.bamarrow.internal.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this library, which the build writes into the jar. */
public final class Version {
  private static final String RESOURCE = "version.txt";

  private Version() {}

  public static String current() {
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(
            "org/bamarrow/" + RESOURCE + " is not on the class path; the jar is incomplete");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
