package org.bamarrow.internal.ipc;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of files that this process has open: {@code /dev/stdout}, {@code /dev/fd/N}. */
final class OpenFiles {
  private static final Pattern DESCRIPTOR =
      Pattern.compile(
          "/(?:dev|proc/(?:self|thread-self|" + ProcessHandle.current().pid() + "))/fd/(\\d{1,9})");

  private static final int STANDARD_OUTPUT = 1;
  private static final int STANDARD_ERROR = 2;
  private static final int MAX_LINKS = 40;

  private OpenFiles() {}

  /** The file descriptor that a name denotes, also through symbolic links; -1 if there is none. */
  static int descriptor(String name) {
    if (name.equals(NamedOutput.STANDARD_OUTPUT)) {
      return STANDARD_OUTPUT;
    }
    Path at = Path.of(name).toAbsolutePath();
    try {
      for (int links = 0; links < MAX_LINKS && at.getFileName() != null; links++) {
        Matcher matcher = DESCRIPTOR.matcher(at.toString());
        if (matcher.matches()) {
          return Integer.parseInt(matcher.group(1));
        }
        Path folder = at.getParent().toRealPath();
        at = folder.resolve(at.getFileName());
        matcher.reset(at.toString());
        if (!matcher.matches()) {
          if (!Files.isSymbolicLink(at)) {
            return -1;
          }
          at = folder.resolve(Files.readSymbolicLink(at));
        }
      }
    } catch (IOException e) {
      return -1; // the file does not exist, which is reported when it is opened
    }
    return -1;
  }

  /** The path of a file descriptor, for reading file attributes. */
  static Path path(int descriptor) {
    return Path.of("/dev/fd/" + descriptor);
  }

  /**
   * A channel for an open file. Standard output and standard error are written from their current
   * position and must not be closed; other descriptors cannot be accessed in Java, so their files
   * are opened again for appending.
   */
  static FileChannel channel(int descriptor) throws IOException {
    return switch (descriptor) {
      case STANDARD_OUTPUT -> new FileOutputStream(FileDescriptor.out).getChannel();
      case STANDARD_ERROR -> new FileOutputStream(FileDescriptor.err).getChannel();
      default ->
          Files.isRegularFile(path(descriptor))
              ? FileChannel.open(path(descriptor), StandardOpenOption.APPEND)
              : new FileOutputStream(path(descriptor).toFile()).getChannel();
    };
  }

  static boolean isStandard(int descriptor) {
    return descriptor == STANDARD_OUTPUT || descriptor == STANDARD_ERROR;
  }
}
