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

/** Files and folders that are removed when the virtual machine ends, by a signal too. */
public final class TemporaryFiles {
  /** In the order in which they were made. */
  private static final Set<Path> FILES = new LinkedHashSet<>();

  /** Those of them that are folders whose content goes, too. */
  private static final Set<Path> SCRATCH = new HashSet<>();

  private static boolean ended;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(TemporaryFiles::removeAll, "bamarrow-clean-up"));
  }

  private TemporaryFiles() {}

  /**
   * Creates a file for writing and reading that is removed at the end unless it is {@link #forget
   * forgotten}. In one step, so that no signal comes between creating and knowing it.
   */
  public static synchronized FileChannel create(Path file, FileAttribute<?>... attributes)
      throws IOException {
    requireRunning(file);
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ),
            attributes);
    FILES.add(file);
    return channel;
  }

  /** As {@link #create}, a folder, which is removed if it is empty then. */
  public static synchronized void createFolder(Path folder) throws IOException {
    requireRunning(folder);
    Files.createDirectory(folder);
    FILES.add(folder);
  }

  /** As {@link #createFolder}, and what lies in it then is removed with it. */
  static synchronized void createScratch(Path folder) throws IOException {
    createFolder(folder);
    SCRATCH.add(folder);
  }

  private static void requireRunning(Path file) throws IOException {
    if (ended) {
      throw new IOException(file + ": not created, the program is being ended");
    }
  }

  /** It stays from here on. */
  public static synchronized void forget(Path file) {
    FILES.remove(file);
    SCRATCH.remove(file);
  }

  /** What makes files count. */
  public interface Step {
    void run() throws IOException;
  }

  /**
   * Takes the step after which the files stay: a signal comes before both or after both.
   *
   * @throws IOException if the step fails, or the program is being ended; the files do not stay
   */
  public static synchronized void keep(Collection<Path> files, Step step) throws IOException {
    if (ended) {
      throw new IOException("the program is being ended");
    }
    step.run();
    FILES.removeAll(files);
  }

  private static synchronized void removeAll() {
    ended = true;
    Deque<Path> lastFirst = new ArrayDeque<>();
    FILES.forEach(lastFirst::push);
    for (Path file : lastFirst) {
      try {
        if (SCRATCH.contains(file) && Files.isDirectory(file)) {
          ScratchFolder.empty(file);
        }
        Files.deleteIfExists(file);
      } catch (DirectoryNotEmptyException e) {
        // others have put something there: it stays
      } catch (IOException e) {
        System.err.println(
            "bamarrow: " + Printable.message("could not remove " + file + ": " + e.getMessage()));
      }
    }
  }
}
