package org.bamarrow.internal.bgzf;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A temporary folder for native libraries from jars, which exists only while they are loaded. */
final class UnpackFolder {
  /** Loading takes some ten milliseconds, unless the temporary directory hangs. */
  private static final int LOADING_SECONDS = 5;

  /** Loads libraries that it unpacks into the folder; a loaded library does not need its file. */
  interface Loading<T> {
    T from(Path folder) throws IOException;
  }

  private UnpackFolder() {}

  /**
   * Calls {@code loading} with an empty folder, and deletes the folder and the files in it. The JVM
   * does not exit before that: a command that fails early may exit while a daemon thread unpacks.
   *
   * @throws IOException if the folder cannot be created or deleted
   * @throws IllegalStateException if the JVM is shutting down
   */
  static <T> T during(String prefix, Loading<T> loading) throws IOException {
    CountDownLatch done = new CountDownLatch(1);
    Thread ending = new Thread(() -> await(done), prefix + "-unpacking");
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      Path folder = Files.createTempDirectory(prefix);
      try {
        return loading.from(folder);
      } finally {
        delete(folder);
      }
    } finally {
      done.countDown();
    }
  }

  private static void delete(Path folder) throws IOException {
    File[] copies = folder.toFile().listFiles();
    for (File copy : copies == null ? new File[0] : copies) {
      Files.deleteIfExists(copy.toPath());
    }
    Files.deleteIfExists(folder);
  }

  private static void await(CountDownLatch done) {
    try {
      done.await(LOADING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
