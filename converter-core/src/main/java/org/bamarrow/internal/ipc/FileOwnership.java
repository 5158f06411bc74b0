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
 * The mode, group and owner of a file, to be applied to the file that replaces it. Access control
 * lists and extended attributes are not included.
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

  /** The ownership of an existing file; null if the file system does not support it. */
  public static FileOwnership of(Path file) throws IOException {
    PosixFileAttributeView view = view(file);
    return view == null ? null : new FileOwnership(view.readAttributes());
  }

  private static PosixFileAttributeView view(Path file) {
    return Files.getFileAttributeView(file, PosixFileAttributeView.class);
  }

  /**
   * Attributes for creating a file that only its owner may open, if the file system supports it.
   */
  public static FileAttribute<?>[] ownerOnly(Path file) {
    return view(file) == null ? NONE : OWNER_ONLY;
  }

  /**
   * Applies the ownership to a file of this process. The mode is always applied, the group and the
   * owner if the system permits it; if the group cannot be applied, its permissions are restricted
   * to those of others, so that no user gains access.
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

  /** Makes the change; false if the system does not permit it. */
  private static boolean done(Change change) {
    try {
      change.run();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
