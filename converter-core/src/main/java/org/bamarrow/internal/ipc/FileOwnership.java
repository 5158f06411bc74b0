package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

/**
 * The mode, group and owner of a file, for the one that takes its place. Its access control lists
 * and extended attributes are not among them.
 */
public final class FileOwnership {
  private static final FileAttribute<?>[] OWNER_ONLY = {
    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
  };
  private static final FileAttribute<?>[] NONE = {};

  private final Set<PosixFilePermission> permissions;
  private final GroupPrincipal group;
  private final UserPrincipal owner;

  private FileOwnership(PosixFileAttributes attributes) {
    permissions = attributes.permissions();
    group = attributes.group();
    owner = attributes.owner();
  }

  /** Of an existing file; null where the file system knows no such things. */
  public static FileOwnership of(Path file) throws IOException {
    PosixFileAttributeView view = view(file);
    return view == null ? null : new FileOwnership(view.readAttributes());
  }

  private static PosixFileAttributeView view(Path file) {
    return Files.getFileAttributeView(file, PosixFileAttributeView.class);
  }

  /** For creating a file that nobody but its owner may open, where the file system can do that. */
  public static FileAttribute<?>[] ownerOnly(Path file) {
    return view(file) == null ? NONE : OWNER_ONLY;
  }

  /**
   * Makes a file that this process owns this one's like. The mode is kept always, the group and the
   * owner where the system lets this process give a file away; where the group has to change, its
   * members may do no more than everybody, so that nobody may read who could not before.
   */
  public void giveTo(Path file) throws IOException {
    PosixFileAttributeView view = view(file);
    PosixFileAttributes now = view.readAttributes();
    Set<PosixFilePermission> wanted = EnumSet.noneOf(PosixFilePermission.class);
    wanted.addAll(permissions);
    if (!now.group().equals(group) && !done(() -> view.setGroup(group))) {
      narrow(wanted, PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
      narrow(wanted, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
      narrow(wanted, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);
    }
    view.setPermissions(wanted);
    if (!now.owner().equals(owner)) {
      done(() -> view.setOwner(owner));
    }
  }

  private static void narrow(
      Set<PosixFilePermission> wanted, PosixFilePermission group, PosixFilePermission others) {
    if (!wanted.contains(others)) {
      wanted.remove(group);
    }
  }

  private interface Change {
    void run() throws IOException;
  }

  /** Whether the system allows it. */
  private static boolean done(Change change) {
    try {
      change.run();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
