package org.bamarrow.spark.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.PartNames;

/** The directory that rows are to be written to. */
final class WriteTarget {
  private WriteTarget() {}

  /**
   * Whether there is data that the save mode {@code error} must not touch: a file of that name, or
   * a directory with a manifest or any other file. Not counted are names that begin with {@code _}
   * or {@code .}, which nobody reads, and parts without a manifest: they are of a job that has been
   * killed, and its repetition must not fail because of them.
   */
  static boolean exists(String directory, Configuration settings) throws IOException {
    Path path = new Path(directory);
    FileSystem system = FileSystems.of(path, settings);
    try {
      return system.getFileStatus(path).isFile()
          || system.exists(new Path(path, Manifest.NAME))
          || holdsFiles(system, path);
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  private static boolean holdsFiles(FileSystem system, Path directory) throws IOException {
    RemoteIterator<FileStatus> entries = system.listStatusIterator(directory);
    while (entries.hasNext()) {
      FileStatus entry = entries.next();
      String name = entry.getPath().getName();
      if (!InputFiles.isVisible(name)) {
        continue;
      }
      if (entry.isFile() ? !PartNames.isPart(name) : holdsFiles(system, entry.getPath())) {
        return true;
      }
    }
    return false;
  }
}
