package org.bamarrow.io;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bamarrow.errors.Printable;

/** Opens inputs by the name that a user gives. */
public final class ByteSources {
  /** The name of standard input. */
  public static final String STANDARD_INPUT = "-";

  private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):/");

  /** Up to this number of files, all are kept open. */
  private static final int MAX_OPEN_WITHOUT_POOL = 32;

  private ByteSources() {}

  /**
   * Opens one input.
   *
   * @param <T> what names an input
   */
  public interface Opener<T> {
    /**
     * {@return the source, to be closed by the caller}
     *
     * @param input what names the input
     * @throws java.io.IOException if the input cannot be opened
     */
    ByteSource open(T input) throws IOException;
  }

  /**
   * Opens each input as {@link #open} does; if one fails, those opened before it are closed. If
   * there are many files, only some are open at a time ({@link SourcePool}).
   *
   * @param names files, or {@code -} for standard input
   * @return the sources in the same order, to be closed by the caller
   * @throws java.io.IOException if the input cannot be read
   */
  public static List<ByteSource> openAll(List<String> names) throws IOException {
    if (names.size() <= MAX_OPEN_WITHOUT_POOL) {
      return openAll(names, ByteSources::open);
    }
    SourcePool pool = new SourcePool();
    return openAll(names, name -> name.equals(STANDARD_INPUT) ? open(name) : pooled(pool, name));
  }

  private static ByteSource pooled(SourcePool pool, String name) throws IOException {
    Path path = readable(name);
    if (!Files.isRegularFile(path)) {
      return open(name);
    }
    BasicFileAttributes known = Files.readAttributes(path, BasicFileAttributes.class);
    return pool.add(
        name,
        known.size(),
        () -> {
          ByteSource file = new FileByteSource(name, path);
          BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
          if (!Objects.equals(known.fileKey(), now.fileKey())
              || !known.lastModifiedTime().equals(now.lastModifiedTime())) {
            file.close();
            throw new IOException(name + ": was modified or replaced while it was being read");
          }
          return file;
        });
  }

  /**
   * Opens each input; if one fails, those opened before it are closed.
   *
   * @param <T> what names an input
   * @param inputs what to open, in order
   * @param opener opens one of them
   * @return the sources in the same order, to be closed by the caller
   * @throws java.io.IOException if the input cannot be read
   */
  public static <T> List<ByteSource> openAll(List<T> inputs, Opener<T> opener) throws IOException {
    List<ByteSource> sources = new ArrayList<>();
    try {
      for (T input : inputs) {
        sources.add(opener.open(input));
      }
      return sources;
    } catch (IOException e) {
      closeAll(sources, e);
      throw e;
    }
  }

  /**
   * Closes sources because of an error.
   *
   * @param sources all are closed, even if closing one fails
   * @param why receives errors of closing as suppressed exceptions
   */
  public static void closeAll(List<? extends ByteSource> sources, Throwable why) {
    for (ByteSource source : sources) {
      try {
        source.close();
      } catch (IOException closing) {
        why.addSuppressed(closing);
      }
    }
  }

  /**
   * Opens a regular file by position, a FIFO or device as a stream, {@code -} as standard input.
   *
   * @param name a file, or {@code -} for standard input
   * @return the source, to be closed by the caller
   * @throws IOException if the file does not exist or cannot be read
   */
  public static ByteSource open(String name) throws IOException {
    if (name.equals(STANDARD_INPUT)) {
      return new StreamByteSource("standard input", System.in);
    }
    Path path = readable(name);
    return Files.isRegularFile(path)
        ? new FileByteSource(name, path)
        : new StreamByteSource(name, new FileInputStream(path.toFile()));
  }

  private static Path readable(String name) throws IOException {
    Path path = path(name);
    if (path == null || !Files.exists(path)) {
      requireNoUrl(name);
      throw new FileNotFoundException(Printable.message(name) + ": no such file");
    }
    if (Files.isDirectory(path)) {
      throw new IOException(name + ": is a directory, not a BAM file");
    }
    if (!Files.isReadable(path)) {
      throw new IOException(name + ": is not readable; check its permissions");
    }
    return path;
  }

  /** Null if the name is not a valid path. */
  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static void requireNoUrl(String name) throws IOException {
    Matcher url = URL.matcher(name);
    if (url.lookingAt()) {
      boolean web = url.group(1).matches("(?i)https?|ftp");
      throw new IOException(
          Printable.name(name)
              + ": is a URL; only files and pipes are read: "
              + (web
                  ? "download it first, or use a pipe: curl -L URL | bamarrow convert - OUT.arrow"
                  : "copy it first, or pipe it in as -; through Hadoop's file systems the Spark"
                      + " data source reads it"));
    }
  }
}
