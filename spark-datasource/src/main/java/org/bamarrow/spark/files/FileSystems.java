package org.bamarrow.spark.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.util.VersionInfo;

/** Hadoop's file systems by path. */
final class FileSystems {
  private FileSystems() {}

  /**
   * The file system of a path.
   *
   * @throws IOException if it cannot be reached, or its classes are missing
   */
  static FileSystem of(Path path, Configuration settings) throws IOException {
    try {
      return path.getFileSystem(settings);
    } catch (UnsupportedFileSystemException | NoClassDefFoundError e) {
      throw missing(path, e);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof ClassNotFoundException) {
        throw missing(path, e); // thrown by Hadoop for a configured class that is in no jar
      }
      throw e;
    }
  }

  private static IOException missing(Path path, Throwable cause) {
    String scheme = path.toUri().getScheme();
    if (scheme == null) { // '//host/path' has an authority but no scheme
      return new IOException(path + ": " + cause.getMessage(), cause);
    }
    String jars =
        "s3a".equals(scheme)
            ? "start Spark with --packages org.apache.hadoop:hadoop-aws:" + VersionInfo.getVersion()
            : "start Spark with --jars or --packages";
    return new IOException(
        String.format("%s: there is no jar with the file system of %s://; %s", path, scheme, jars),
        cause);
  }

  /** Whether there is a folder of this path. */
  static boolean isDirectory(Path path, Configuration settings) throws IOException {
    try {
      return of(path, settings).getFileStatus(path).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** Whether a file or folder is in a folder, at any depth. */
  static boolean isBelow(Path path, Path folder) {
    Path at = path.getParent();
    while (at != null && !at.equals(folder)) {
      at = at.getParent();
    }
    return at != null;
  }

  /**
   * The canonical name of a file, however its path was spelled: a percent-encoded URI with two
   * slashes after the scheme, as {@code input_file_name()} of Spark's own file sources.
   *
   * @param path qualified
   */
  static String uri(Path path) {
    URI uri = path.toUri();
    return uri.getScheme() != null && uri.getRawAuthority() == null
        ? uri.getScheme() + "://" + uri.getRawPath()
        : uri.toString();
  }
}
