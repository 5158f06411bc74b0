package org.bamarrow.spark.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.bamarrow.internal.ipc.NewFile;
import org.bamarrow.io.ByteSource;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.OrphanFiles;
import org.bamarrow.parts.PartStore;

/**
 * A directory on any Hadoop file system. On the local one no checksum files are written, because
 * the manifest has the checksums of the parts.
 */
public final class HadoopPartStore implements PartStore {
  private final Configuration settings;
  private final FileSystem system;
  private final Path folder;
  private boolean madeFolder;

  /** Whether folders of partition columns are deleted with their last file. */
  private boolean deletesFolders;

  /**
   * @param directory its path or URI; need not exist
   * @param settings of the file system; must not be changed afterwards
   */
  public HadoopPartStore(String directory, Configuration settings) throws IOException {
    this.settings = settings;
    Path path = new Path(directory);
    FileSystem found = FileSystems.of(path, settings);
    system = found instanceof LocalFileSystem local ? local.getRaw() : found;
    folder = system.makeQualified(path);
  }

  @Override
  public String name() {
    return folder.toString();
  }

  /**
   * Creates the directory if it does not exist; if so, it is deleted together with its last file.
   * Folders in it are deleted with their last file. For the driver, which never creates a part
   * itself.
   */
  public synchronized void makeFolder() throws IOException {
    deletesFolders = true;
    if (status(folder) == null) {
      madeFolder = system.mkdirs(folder);
    }
  }

  /** Deletes the directory together with its last file from now on, whoever created it. */
  public synchronized void deleteFolderWhenEmpty() {
    madeFolder = true;
  }

  /**
   * Checks that the directory exists. Folders in it are deleted with their last file. For the
   * driver.
   *
   * @throws IOException if it does not
   */
  public synchronized void requireFolder() throws IOException {
    deletesFolders = true;
    FileStatus status = status(folder);
    if (status == null || !status.isDirectory()) {
      throw new IOException(folder + ": no such directory");
    }
  }

  @Override
  public OutputStream create(String name) throws IOException {
    return create(path(name), false, path(Manifest.NAME));
  }

  /**
   * @param like if this file exists, the new one gets its permissions, so that a replacement is not
   *     more readable
   */
  private OutputStream create(Path path, boolean overwrite, Path like) throws IOException {
    FileStatus there = status(like);
    if (there == null || !there.isFile()) {
      return system.create(path, overwrite);
    }
    OutputStream out =
        system.create(
            path,
            there.getPermission(),
            overwrite,
            settings.getInt("io.file.buffer.size", 4096),
            system.getDefaultReplication(path),
            system.getDefaultBlockSize(path),
            null);
    system.setPermission(
        path, there.getPermission()); // the umask was applied to those of the creation
    return out;
  }

  /** Writes a file's content. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  @Override
  public void publish(String name, byte[] content, boolean replace, Precondition precondition)
      throws IOException {
    publish(name, out -> out.write(content), replace, precondition);
  }

  /**
   * As specified, for files of any size. On an object store a file becomes visible when it is
   * closed; elsewhere it is written under a temporary name and renamed. If the file system has no
   * rename that overwrites, there is no file of the name for a moment, but never an incomplete one.
   * If two jobs publish the same name at the same time without permission to replace it, one of
   * them fails on the local file system and on HDFS; on other storage both may succeed.
   */
  public void publish(String name, Content content, boolean replace, Precondition precondition)
      throws IOException {
    Path target = path(name);
    if (system.hasPathCapability(folder, CommonPathCapabilities.ABORTABLE_STREAM)) {
      precondition.check();
      requireFree(target, replace);
      write(target, content, replace, target);
      return;
    }
    Path temporary = path(OrphanFiles.temporaryName(name));
    try {
      write(temporary, content, true, target);
      precondition.check();
      if (!replace && system instanceof RawLocalFileSystem local) {
        NewFile.appear(local(local, temporary), local(local, target));
        return;
      }
      requireFree(target, replace);
      if (!system.rename(temporary, target)) {
        requireFree(target, replace);
        replace(temporary, target);
      }
    } catch (IOException e) {
      try {
        system.delete(temporary, false);
      } catch (IOException deleting) {
        e.addSuppressed(deleting);
      }
      throw e;
    }
  }

  private void replace(Path temporary, Path target) throws IOException {
    try {
      FileContext.getFileContext(folder.toUri(), settings)
          .rename(temporary, target, Options.Rename.OVERWRITE);
    } catch (UnsupportedFileSystemException e) {
      system.delete(target, false);
      if (!system.rename(temporary, target)) {
        throw new IOException(target + ": " + temporary + " cannot be renamed to this", e);
      }
    }
  }

  private static java.nio.file.Path local(RawLocalFileSystem system, Path path) {
    return system.pathToFile(path).toPath();
  }

  private void requireFree(Path target, boolean replace) throws IOException {
    if (!replace && status(target) != null) {
      throw new FileAlreadyExistsException(target.toString());
    }
  }

  private void write(Path path, Content content, boolean replace, Path like) throws IOException {
    try (OutputStream out = create(path, replace, like)) {
      content.writeTo(out);
    }
  }

  @Override
  public ByteSource open(String name) throws IOException {
    FileStatus status = status(path(name));
    if (status == null) {
      throw new IOException(path(name) + ": is missing");
    }
    return Sources.open(TableFiles.file(status), settings);
  }

  @Override
  public List<Entry> list() throws IOException {
    return statuses().stream()
        .map(file -> new Entry(nameOf(file), file.getLen(), file.getModificationTime()))
        .toList();
  }

  /** The name of a file within this directory. */
  String nameOf(FileStatus file) {
    String name = file.getPath().getName();
    for (Path at = file.getPath().getParent(); !at.equals(folder); at = at.getParent()) {
      name = at.getName() + "/" + name;
    }
    return name;
  }

  @Override
  public boolean isFile(String name) throws IOException {
    FileStatus status = status(path(name));
    return status != null && status.isFile();
  }

  @Override
  public boolean exists(String name) throws IOException {
    if (system instanceof RawLocalFileSystem local) { // which does not report dangling links
      return Files.exists(local(local, path(name)), LinkOption.NOFOLLOW_LINKS);
    }
    try {
      return system.getFileLinkStatus(path(name)) != null;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** As {@link #list}, in Hadoop's terms. */
  List<FileStatus> statuses() throws IOException {
    try {
      List<FileStatus> files =
          new FolderListing(system, PartStore::isPartitionFolder, false).files(folder);
      if (files.size() == 1 && files.get(0).getPath().equals(folder)) {
        throw new IOException(folder + ": is a file, not a directory of parts");
      }
      return files;
    } catch (FileNotFoundException e) {
      return List.of(); // there is no directory, or it is being removed
    }
  }

  @Override
  public synchronized void delete(String name) throws IOException {
    Path file = path(name);
    system.delete(file, false);
    for (Path at = file.getParent(); deletesFolders && !at.equals(folder); at = at.getParent()) {
      deleteEmpty(at);
    }
    // reads one page of names at most: a job of thousands of parts deletes them one by one
    if (madeFolder && deleteEmpty(folder)) {
      madeFolder = false;
    }
  }

  private boolean deleteEmpty(Path directory) throws IOException {
    try {
      return !system.listStatusIterator(directory).hasNext() && system.delete(directory, false);
    } catch (FileNotFoundException e) {
      return true; // object stores have no empty folders
    }
  }

  private Path path(String name) {
    return new Path(folder, name);
  }

  private FileStatus status(Path path) throws IOException {
    try {
      return system.getFileStatus(path);
    } catch (FileNotFoundException e) {
      return null;
    }
  }
}
