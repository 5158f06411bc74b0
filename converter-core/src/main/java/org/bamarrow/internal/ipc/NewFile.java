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

/** A regular file from its temporary name to its own; whoever writes it closes it before. */
public final class NewFile implements AutoCloseable {
  private final String name;
  private final Path target;
  private final Path temporary;
  private final boolean force;

  /** Of the file that is to be replaced; null: there is none, or nothing is known of it. */
  private final FileOwnership replaced;

  private boolean committed;

  /**
   * @param name for messages
   * @param target its folder and name, no link
   * @param force replace what is there
   */
  NewFile(String name, Path target, boolean force) throws IOException {
    this.name = name;
    this.target = target;
    this.force = force;
    temporary = target.resolveSibling(TemporaryNames.of("" + target.getFileName(), unique()));
    replaced = Files.exists(target) ? FileOwnership.of(target) : null;
  }

  /** No other process, and nobody in this one, makes the same. */
  static String unique() {
    return ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());
  }

  Path target() {
    return target;
  }

  Path temporary() {
    return temporary;
  }

  /** Creates the temporary file; one that replaces another only its owner may open meanwhile. */
  FileChannel create() throws IOException {
    try {
      return replaced == null
          ? TemporaryFiles.create(temporary)
          : TemporaryFiles.create(temporary, FileOwnership.ownerOnly(temporary));
    } catch (NoSuchFileException e) {
      throw new IOException(name + ": its folder does not exist", e);
    } catch (AccessDeniedException e) {
      throw new IOException(name + ": permission denied to create a file in its folder", e);
    } catch (FileSystemException e) {
      throw new IOException(name + ": cannot be created: " + e.getReason(), e);
    }
  }

  /** The file gets its own name. */
  void commit() throws IOException {
    if (replaced != null) {
      // As it is now, should somebody have narrowed it meanwhile.
      FileOwnership now = Files.isRegularFile(target) ? FileOwnership.of(target) : replaced;
      now.giveTo(temporary);
    }
    TemporaryFiles.keep(List.of(temporary), force ? this::replace : this::appear);
    committed = true;
  }

  private void replace() throws IOException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(name + ": has become something else than a file meanwhile");
    }
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private void appear() throws IOException {
    try {
      appear(temporary, target);
    } catch (FileAlreadyExistsException e) {
      throw new ExistingFileException(name, "has appeared meanwhile");
    }
  }

  /**
   * Gives a file its name by a second name, which unlike a rename never replaces what another
   * program has put there; by a rename where the file system has no second names.
   *
   * @throws FileAlreadyExistsException if there is something of the name
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

  /** Removes what has not been committed. */
  @Override
  public void close() throws IOException {
    if (!committed) {
      Files.deleteIfExists(temporary);
    }
    TemporaryFiles.forget(temporary);
  }
}
