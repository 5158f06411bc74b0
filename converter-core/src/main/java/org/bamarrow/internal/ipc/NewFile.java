package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A regular file that is written under a temporary name; its writer closes it before the commit.
 */
public final class NewFile implements AutoCloseable {
  private final String name;
  private final Path target;
  private final Path temporary;
  private final boolean force;

  /** Ownership of the file to be replaced; null if there is none, or if it is not supported. */
  private final FileOwnership replaced;

  private boolean committed;

  /**
   * @param name file name for messages
   * @param target the path of the file, not a symbolic link
   * @param force whether to replace an existing file
   */
  NewFile(String name, Path target, boolean force) throws IOException {
    this.name = name;
    this.target = target;
    this.force = force;
    temporary = target.resolveSibling(TemporaryNames.of("" + target.getFileName(), unique()));
    replaced = Files.exists(target) ? FileOwnership.of(target) : null;
  }

  /** A suffix that is unique across the threads and processes of this machine. */
  static String unique() {
    return ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());
  }

  Path target() {
    return target;
  }

  Path temporary() {
    return temporary;
  }

  /** Creates the temporary file; if it will replace another, only its owner may open it. */
  FileChannel create() throws IOException {
    try {
      return replaced == null
          ? TemporaryFiles.create(temporary)
          : TemporaryFiles.create(temporary, FileOwnership.ownerOnly(temporary));
    } catch (NoSuchFileException e) {
      throw new IOException(name + ": its directory does not exist", e);
    } catch (AccessDeniedException e) {
      throw new IOException(name + ": permission denied to create a file in its directory", e);
    } catch (FileSystemException e) {
      throw new IOException(name + ": cannot be created: " + e.getReason(), e);
    }
  }

  /** Renames the file to its target name. */
  void commit() throws IOException {
    if (replaced != null) {
      // The current permissions, in case they were restricted in the meantime.
      FileOwnership now = Files.isRegularFile(target) ? FileOwnership.of(target) : replaced;
      now.giveTo(temporary);
    }
    TemporaryFiles.keep(List.of(temporary), force ? this::replace : this::appear);
    committed = true;
  }

  private void replace() throws IOException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(
          name + ": was replaced by something other than a regular file in the meantime");
    }
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private void appear() throws IOException {
    try {
      appear(temporary, target);
    } catch (FileAlreadyExistsException e) {
      throw new ExistingFileException(name, "was created by another process in the meantime");
    }
  }

  /**
   * Renames a file by creating a hard link, which unlike a rename never replaces a file of another
   * program; by a rename if the file system does not support hard links.
   *
   * @throws FileAlreadyExistsException if the target exists
   */
  public static void appear(Path temporary, Path target) throws IOException {
    try {
      Files.createLink(target, temporary);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    Files.delete(temporary);
  }

  /** Removes the file if it has not been committed. */
  @Override
  public void close() throws IOException {
    if (!committed) {
      Files.deleteIfExists(temporary);
    }
    TemporaryFiles.forget(temporary);
  }
}
