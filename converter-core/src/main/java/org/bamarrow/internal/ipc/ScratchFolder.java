package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A new folder for files that nobody wants in the end. It is removed with all that lies directly in
 * it when it is closed, and when the virtual machine ends.
 */
public final class ScratchFolder implements AutoCloseable {
  private final Path path;

  private ScratchFolder(Path path) {
    this.path = path;
  }

  /**
   * @param parent an existing folder; null: the one for temporary files
   * @param prefix of its name
   */
  public static ScratchFolder in(Path parent, String prefix) throws IOException {
    Path where = parent == null ? Path.of(System.getProperty("java.io.tmpdir")) : parent;
    Path path = where.resolve(prefix + NewFile.unique());
    try {
      TemporaryFiles.createScratch(path);
    } catch (NoSuchFileException e) {
      throw new IOException(where + ": no such folder", e);
    }
    return new ScratchFolder(path);
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    empty(path);
    Files.deleteIfExists(path);
    TemporaryFiles.forget(path);
  }

  static void empty(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
