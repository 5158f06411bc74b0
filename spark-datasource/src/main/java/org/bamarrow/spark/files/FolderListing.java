package org.bamarrow.spark.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;

/** Lists the files of a folder and of some of its subfolders. */
final class FolderListing {
  private final FileSystem system;
  private final Predicate<String> entered;
  private final boolean located;

  /**
   * @param entered names of the subfolders whose files are listed, too, at any depth
   * @param located with block locations, except for local files, for which Hadoop would start a
   *     process each to get permissions
   */
  FolderListing(FileSystem system, Predicate<String> entered, boolean located) {
    this.system = system;
    this.entered = entered;
    this.located = located && !isLocal(system);
  }

  private static boolean isLocal(FileSystem system) {
    return system instanceof LocalFileSystem || system instanceof RawLocalFileSystem;
  }

  /**
   * The files, in any order.
   *
   * @throws FileNotFoundException if there is no such folder
   */
  List<FileStatus> files(Path folder) throws IOException {
    List<FileStatus> files = new ArrayList<>();
    List<Path> subfolders = list(folder, files);
    if (subfolders.size() > 1 && !isLocal(system)) {
      // one recursive listing: object stores have a request for it, whatever the number of folders
      files.clear();
      RemoteIterator<? extends FileStatus> all = system.listFiles(folder, true);
      while (all.hasNext()) {
        FileStatus file = all.next();
        if (isEntered(file.getPath().getParent(), folder)) {
          files.add(file);
        }
      }
      return files;
    }
    while (!subfolders.isEmpty()) {
      subfolders.addAll(list(subfolders.remove(subfolders.size() - 1), files));
    }
    return files;
  }

  private boolean isEntered(Path parent, Path folder) {
    for (Path at = parent; !at.equals(folder); at = at.getParent()) {
      if (!entered.test(at.getName())) {
        return false;
      }
    }
    return true;
  }

  /** Adds the files of one folder, and returns the subfolders to be entered. */
  private List<Path> list(Path folder, List<FileStatus> files) throws IOException {
    List<Path> subfolders = new ArrayList<>();
    RemoteIterator<? extends FileStatus> entries =
        located ? system.listLocatedStatus(folder) : system.listStatusIterator(folder);
    while (entries.hasNext()) {
      FileStatus entry = entries.next();
      if (entry.isFile()) {
        files.add(entry);
      } else if (entered.test(entry.getPath().getName())) {
        subfolders.add(entry.getPath());
      }
    }
    return subfolders;
  }
}
