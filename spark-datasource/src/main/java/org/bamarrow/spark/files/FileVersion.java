package org.bamarrow.spark.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;

/**
 * Tells the contents of a file from those that it has after a change.
 *
 * @param name of the file
 * @param bytes its length
 * @param modified modification time, as precise as the file system has it
 * @param key what else identifies a local file: its inode; empty for others
 */
public record FileVersion(String name, long bytes, String modified, String key) {
  /** Coarser than the modification times of all file systems, and for clocks that differ. */
  private static final long SETTLED_MILLIS = 10_000;

  /**
   * The version that a file has now.
   *
   * @return null if another change might leave the version as it is: the file is new, or its
   *     modification time is not known
   */
  public static FileVersion now(BamFile file, Configuration settings) throws IOException {
    FileVersion version;
    long millis;
    if ("file".equals(file.path().toUri().getScheme())) {
      Path path = Path.of(file.path().toUri().getPath());
      BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class);
      millis = is.lastModifiedTime().toMillis();
      version =
          new FileVersion(
              file.name(),
              is.size(),
              is.lastModifiedTime().toString(),
              String.valueOf(is.fileKey()));
    } else {
      FileStatus is = FileSystems.of(file.path(), settings).getFileStatus(file.path());
      millis = is.getModificationTime();
      version = new FileVersion(file.name(), is.getLen(), String.valueOf(millis), "");
    }
    return millis > 0 && millis < System.currentTimeMillis() - SETTLED_MILLIS ? version : null;
  }
}
