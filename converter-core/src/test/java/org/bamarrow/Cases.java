package org.bamarrow;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The small inputs with known answers in the folder that is shared between checkouts. */
public final class Cases {
  private static final Path FOLDER =
      Path.of(System.getProperty("bamarrow.shared", "../../shared"), "cases");

  private Cases() {}

  /** A file of a case; the test is skipped where it is not there. */
  public static Path file(String name) {
    Path file = FOLDER.resolve(name);
    assumeTrue(Files.exists(file), () -> "no " + file);
    return file;
  }
}
