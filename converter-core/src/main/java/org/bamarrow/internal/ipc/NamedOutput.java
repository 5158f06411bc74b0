package org.bamarrow.internal.ipc;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import org.bamarrow.io.Interrupts;

/**
 * An output given by name; all outputs are written through this class. A regular file is written
 * under a temporary name next to the target and renamed by {@link #commit}; if the process ends
 * before that, also by a signal, it is removed. An input is never replaced, an existing file only
 * if requested; the new file then has its mode. If the name is a symbolic link, its target is
 * replaced; of several hard links, only the given name is replaced. Devices and FIFOs are written
 * directly, and files that this process has open ({@code -}, {@code /dev/stdout}, {@code
 * /dev/fd/N}) from their current position.
 */
public final class NamedOutput implements AutoCloseable {
  /** The name of standard output. */
  public static final String STANDARD_OUTPUT = "-";

  private final String name;
  private final FileChannel channel;

  /** Null if {@link #channel} is the output itself. */
  private final NewFile file;

  private final boolean closing;

  /**
   * @param closing whether to close the channel; false if it belongs to the process
   */
  private NamedOutput(String name, FileChannel channel, NewFile file, boolean closing) {
    this.name = name;
    this.channel = channel;
    this.file = file;
    this.closing = closing;
  }

  /**
   * Opens an output. Errors of its name are reported here, before any work is done.
   *
   * @param name a file name, or {@code -} for standard output
   * @param force whether to replace an existing file
   * @param inputs the files that are read, none of which may be the output; missing files are
   *     ignored
   * @throws FileAlreadyExistsException if the file is an input, or exists and must not be replaced
   */
  public static NamedOutput open(String name, boolean force, Collection<String> inputs)
      throws IOException {
    int descriptor = OpenFiles.descriptor(name);
    if (descriptor >= 0) {
      requireNoInput(name, OpenFiles.path(descriptor), inputs);
      boolean closing = !OpenFiles.isStandard(descriptor);
      return new NamedOutput(name, OpenFiles.channel(descriptor), null, closing);
    }
    Path path = Path.of(name);
    if (Files.isDirectory(path)) {
      throw new IOException(name + ": is a directory; specify a file");
    }
    boolean exists = Files.exists(path);
    if (!exists && Files.isSymbolicLink(path)) {
      throw new IOException(
          name + ": is a symbolic link to a file that does not exist; specify that file");
    }
    if (exists && !Files.isRegularFile(path)) {
      return new NamedOutput(name, new FileOutputStream(name).getChannel(), null, true);
    }
    requireNoInput(name, path, inputs);
    if (exists && !force) {
      throw new ExistingFileException(name, "already exists");
    }
    NewFile file = new NewFile(name, exists ? path.toRealPath() : path.toAbsolutePath(), force);
    return new NamedOutput(name, file.create(), file, true);
  }

  /**
   * Checks that an output is not an input.
   *
   * @throws FileAlreadyExistsException if it is
   */
  public static void requireNoInput(String name, Collection<String> inputs) throws IOException {
    int descriptor = OpenFiles.descriptor(name);
    requireNoInput(name, descriptor < 0 ? Path.of(name) : OpenFiles.path(descriptor), inputs);
  }

  private static void requireNoInput(String name, Path output, Collection<String> inputs)
      throws IOException {
    if (!Files.isRegularFile(output)) {
      return; // a terminal may be both
    }
    for (String input : inputs) {
      Path read = Path.of(input);
      if (Files.exists(read) && Files.isSameFile(output, read)) {
        throw new FileAlreadyExistsException(
            name, null, "is an input; choose another name for the output");
      }
    }
  }

  /**
   * Whether a name is an output that can only be written sequentially: standard output, another
   * open file of this process, a FIFO or a device.
   */
  public static boolean isStream(String name) {
    if (OpenFiles.descriptor(name) >= 0) {
      return true;
    }
    Path path = Path.of(name);
    return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  /** Whether two names denote the same output, which need not exist. */
  public static boolean isSame(String one, String other) throws IOException {
    int descriptor = OpenFiles.descriptor(one);
    if (descriptor >= 0 || OpenFiles.descriptor(other) >= 0) {
      return descriptor == OpenFiles.descriptor(other);
    }
    Path first = Path.of(one);
    Path second = Path.of(other);
    return first.toAbsolutePath().normalize().equals(second.toAbsolutePath().normalize())
        || Files.exists(first) && Files.exists(second) && Files.isSameFile(first, second);
  }

  /** The name as given by the user. */
  String name() {
    return name;
  }

  /** The file that is created by the commit; null if it is not a regular file. */
  Path target() {
    return file == null ? null : file.target();
  }

  /** The temporary file of the {@link #channel}; null if it is not a regular file. */
  Path temporary() {
    return file == null ? null : file.temporary();
  }

  /** The channel of the output; owned by this object. */
  FileChannel channel() {
    return channel;
  }

  /**
   * The output as an unbuffered stream, whose errors contain the name. Closing it has no effect:
   * the channel is owned by this object.
   */
  public OutputStream stream() {
    return new ChannelStream(name, channel);
  }

  /**
   * The error of a failed write, with the name of the output. A broken pipe is reported unchanged.
   */
  public static IOException cannotBeWritten(String name, IOException error) {
    if ("Broken pipe".equals(error.getMessage()) || error instanceof InterruptedIOException) {
      return error;
    }
    String shown = name.equals(STANDARD_OUTPUT) ? "standard output" : name;
    IOException interrupted =
        Interrupts.orInterrupted(shown + ": interrupted while writing", error);
    return interrupted == error
        ? new IOException(shown + ": cannot be written: " + error.getMessage(), error)
        : interrupted;
  }

  /** Discards what has been written; false if that is not possible. */
  boolean restart() throws IOException {
    if (file == null) {
      return false;
    }
    channel.truncate(0);
    return true;
  }

  /**
   * Completes the output: a regular file gets its name.
   *
   * @param durable whether to sync the file and its directory to disk
   * @throws FileAlreadyExistsException if a file of that name was created in the meantime
   */
  public void commit(boolean durable) throws IOException {
    if (file == null) {
      return;
    }
    try {
      if (durable) {
        channel.force(true);
      }
      channel.close();
    } catch (IOException e) {
      throw cannotBeWritten(name, e);
    }
    file.commit();
    if (durable) {
      try (FileChannel folder =
          FileChannel.open(file.target().getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }

  /** Closes the output; removes it if it has not been committed. */
  @Override
  public void close() throws IOException {
    try {
      if (closing) {
        channel.close();
      }
    } finally {
      if (file != null) {
        file.close();
      }
    }
  }
}
