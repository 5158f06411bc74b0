package org.bamarrow.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Standard input as {@code -}, for one of the inputs and lists of a command. */
final class StandardInput {
  static final String NAME = "-";

  private StandardInput() {}

  /**
   * Checks this before anything is read.
   *
   * @param names the names of inputs and lists
   * @throws IllegalArgumentException if more than one is standard input
   */
  @SafeVarargs
  static void requireOnce(List<String>... names) {
    long uses = 0;
    for (List<String> each : names) {
      uses += each.stream().filter(NAME::equals).count();
    }
    if (uses > 1) {
      throw new IllegalArgumentException("standard input can be read only once");
    }
  }

  /** Opens a list: standard input for {@code -}, which closing it closes, too. */
  static InputStream open(String name) throws IOException {
    return name.equals(NAME) ? System.in : Files.newInputStream(Path.of(name));
  }

  /** The name of a list for messages. */
  static String title(String name) {
    return name.equals(NAME) ? "standard input" : name;
  }
}
