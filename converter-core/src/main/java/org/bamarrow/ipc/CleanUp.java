package org.bamarrow.ipc;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Files that are removed when the virtual machine ends, by a signal too. */
final class CleanUp {
  private static final Set<Path> FILES = ConcurrentHashMap.newKeySet();

  private static boolean ended;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(CleanUp::removeAll, "bamarrow-clean-up"));
  }

  private CleanUp() {}

  /**
   * Creates a file for writing that is removed at the end unless it is {@link #forget forgotten}.
   * In one step, so that no signal comes between creating and knowing it.
   */
  static synchronized FileChannel create(Path file) throws IOException {
    if (ended) {
      throw new IOException(file + ": not created, the program is being ended");
    }
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    FILES.add(file);
    return channel;
  }

  static void forget(Path file) {
    FILES.remove(file);
  }

  private static synchronized void removeAll() {
    ended = true;
    for (Path file : FILES) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        System.err.println("bamarrow: could not remove " + file + ": " + e.getMessage());
      }
    }
  }
}
