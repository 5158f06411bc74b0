package org.bamarrow.ipc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Files that are removed when the virtual machine ends, by a signal too. */
final class CleanUp {
  private static final Set<Path> FILES = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(CleanUp::removeAll, "bamarrow-clean-up"));
  }

  private CleanUp() {}

  static void atExit(Path file) {
    FILES.add(file);
  }

  static void forget(Path file) {
    FILES.remove(file);
  }

  private static void removeAll() {
    for (Path file : FILES) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        System.err.println("bamarrow: could not remove " + file + ": " + e.getMessage());
      }
    }
  }
}
