package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.bamarrow.errors.Printable;

/** Files and directories that are removed when the JVM exits, also by a signal. Thread-safe. */
public final class TemporaryFiles {
  /** In the order of creation. */
  private static final Set<Path> FILES = new LinkedHashSet<>();

  /** Those that are directories to be removed with their content. */
  private static final Set<Path> SCRATCH_FOLDERS = new HashSet<>();

  private static boolean shuttingDown;

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(TemporaryFiles::removeAll, "bamarrow-temporary-files"));
  }

  private TemporaryFiles() {}

  /**
   * Creates a file for writing and reading that is removed at exit unless it is {@link #forget
   * forgotten}. Creation and registration are atomic with regard to the shutdown hook.
   */
  public static synchronized FileChannel create(Path file, FileAttribute<?>... attributes)
      throws IOException {
    requireNotShuttingDown(file);
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ),
            attributes);
    FILES.add(file);
    return channel;
  }

  /** As {@link #create}, for a directory, which is removed if it is empty. */
  public static synchronized void createFolder(Path folder) throws IOException {
    requireNotShuttingDown(folder);
    Files.createDirectory(folder);
    FILES.add(folder);
  }

  /** As {@link #createFolder}, for a directory that is removed with its content. */
  static synchronized void createScratch(Path folder) throws IOException {
    createFolder(folder);
    SCRATCH_FOLDERS.add(folder);
  }

  private static void requireNotShuttingDown(Path file) throws IOException {
    if (shuttingDown) {
      throw new IOException(file + ": not created, the program is shutting down");
    }
  }

  /** Excludes a file from removal. */
  public static synchronized void forget(Path file) {
    FILES.remove(file);
    SCRATCH_FOLDERS.remove(file);
  }

  /** The step that makes files permanent, such as a rename. */
  public interface Step {
    void run() throws IOException;
  }

  /**
   * Runs the step that makes files permanent and excludes them from removal, atomically with regard
   * to the shutdown hook.
   *
   * @throws IOException if the step fails or the program is shutting down; the files are then
   *     removed at exit
   */
  public static synchronized void keep(Collection<Path> files, Step step) throws IOException {
    if (shuttingDown) {
      throw new IOException("the program is shutting down");
    }
    step.run();
    FILES.removeAll(files);
  }

  private static synchronized void removeAll() {
    shuttingDown = true;
    Deque<Path> lastFirst = new ArrayDeque<>();
    FILES.forEach(lastFirst::push);
    for (Path file : lastFirst) {
      try {
        if (SCRATCH_FOLDERS.contains(file) && Files.isDirectory(file)) {
          ScratchFolder.empty(file);
        }
        Files.deleteIfExists(file);
      } catch (DirectoryNotEmptyException e) {
        // kept: it contains files of others
      } catch (IOException e) {
        System.err.println(
            "bamarrow: " + Printable.message("could not remove " + file + ": " + e.getMessage()));
      }
    }
  }
}
