package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A new directory for temporary files. It is removed with the files directly in it when it is
 * closed, and when the JVM exits.
 */
public final class ScratchFolder implements AutoCloseable {
  private final Path path;

  private ScratchFolder(Path path) {
    this.path = path;
  }

  /**
   * Creates the directory.
   *
   * @param parent an existing directory; null for {@code java.io.tmpdir}
   * @param prefix prefix of its name
   */
  public static ScratchFolder in(Path parent, String prefix) throws IOException {
    Path where = parent == null ? Path.of(System.getProperty("java.io.tmpdir")) : parent;
    Path path = where.resolve(prefix + NewFile.unique());
    try {
      TemporaryFiles.createScratch(path);
    } catch (NoSuchFileException e) {
      throw new IOException(where + ": no such directory", e);
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
