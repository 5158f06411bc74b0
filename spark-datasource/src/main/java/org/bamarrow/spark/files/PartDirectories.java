package org.bamarrow.spark.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;
import org.bamarrow.parts.Manifest;

/** Globs of directories of parts, each of which has a manifest. */
final class PartDirectories {
  private PartDirectories() {}

  /**
   * The directories with a manifest that match a path, in the order of their names, followed by the
   * path itself if it has other matches, or none.
   */
  static List<String> expand(String given, Configuration settings) throws IOException {
    Path path = new Path(given);
    FileSystem system = FileSystems.of(path, settings);
    if (!new GlobFilter(given).hasPattern() || system.exists(path)) {
      return List.of(given);
    }
    List<String> paths = new ArrayList<>();
    boolean others = false;
    for (FileStatus match : matches(system, path)) {
      String name = match.getPath().getName();
      boolean hidden = !InputFiles.isVisible(name);
      if (!hidden
          && match.isDirectory()
          && system.exists(new Path(match.getPath(), Manifest.NAME))) {
        paths.add(match.getPath().toString());
      } else {
        others |= !hidden;
      }
    }
    if (others || paths.isEmpty()) {
      paths.add(given);
    }
    return paths;
  }

  /** None if Hadoop cannot match the glob, which is an error where it is listed. */
  private static FileStatus[] matches(FileSystem system, Path glob) throws IOException {
    try {
      FileStatus[] matches = system.globStatus(glob);
      return matches == null ? new FileStatus[0] : matches;
    } catch (IllegalArgumentException e) {
      return new FileStatus[0];
    }
  }
}
