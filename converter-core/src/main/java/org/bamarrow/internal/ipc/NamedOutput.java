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
 * The one way in which a file is written. A regular file is written under a temporary name beside
 * it and gets its own only at the {@link #commit}; an end before that, by a signal too, removes it.
 * An input is never replaced, an existing file only where that was asked for, and then the new one
 * has its mode. Through a symbolic link the file behind it is replaced; of a file with several hard
 * links the name given is, and the other names keep the old content. Devices and FIFOs are written
 * as they are, and files that this process has open ({@code -}, {@code /dev/stdout}, {@code
 * /dev/fd/N}) from where they stand.
 */
public final class NamedOutput implements AutoCloseable {
  /** The name of standard output. */
  public static final String STANDARD_OUTPUT = "-";

  private final String name;
  private final FileChannel channel;

  /** Null: {@link #channel} is the output itself. */
  private final NewFile file;

  private final boolean closing;

  /**
   * @param closing false: the channel belongs to the process
   */
  private NamedOutput(String name, FileChannel channel, NewFile file, boolean closing) {
    this.name = name;
    this.channel = channel;
    this.file = file;
    this.closing = closing;
  }

  /**
   * Opens an output. What is wrong with its name shows here, before any work is done.
   *
   * @param name a file, or {@code -} for standard output
   * @param force replace an existing file
   * @param inputs the files that are read, none of which may be the output; those that are not
   *     there do not matter
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
      throw new IOException(name + ": is a directory; name a file");
    }
    boolean exists = Files.exists(path);
    if (!exists && Files.isSymbolicLink(path)) {
      throw new IOException(name + ": is a link to a file that does not exist; name that file");
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
   * Makes sure that an output is none of the files that are read.
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
            name, null, "is the input itself; give the output another name");
      }
    }
  }

  /**
   * Whether a name leads to what can only be written from its start to its end: standard output,
   * another open file of this process, a FIFO or device.
   */
  public static boolean isStream(String name) {
    if (OpenFiles.descriptor(name) >= 0) {
      return true;
    }
    Path path = Path.of(name);
    return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  /** Whether two names lead to the same output, be it there already or not. */
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

  /** As the user gave it. */
  String name() {
    return name;
  }

  /** The file that appears at the commit; null: it is no regular file. */
  Path target() {
    return file == null ? null : file.target();
  }

  /** What the {@link #channel} writes until then; null: it is no regular file. */
  Path temporary() {
    return file == null ? null : file.temporary();
  }

  /** Stays this object's. */
  FileChannel channel() {
    return channel;
  }

  /**
   * The output as a stream, without a buffer. Its errors tell the name. Closing it does nothing: it
   * stays this object's.
   */
  public OutputStream stream() {
    return new ChannelStream(name, channel);
  }

  /**
   * The error of a write, with the name of what was written. That a reader went away is told as the
   * system tells it.
   */
  public static IOException cannotBeWritten(String name, IOException error) {
    if ("Broken pipe".equals(error.getMessage()) || error instanceof InterruptedIOException) {
      return error;
    }
    String shown = name.equals(STANDARD_OUTPUT) ? "standard output" : name;
    IOException told =
        Interrupts.toldIfInterrupted(shown + ": interrupted while it was written", error);
    return told == error
        ? new IOException(shown + ": cannot be written: " + error.getMessage(), error)
        : told;
  }

  /** Drops what has been written; false where it cannot be taken back. */
  boolean restart() throws IOException {
    if (file == null) {
      return false;
    }
    channel.truncate(0);
    return true;
  }

  /**
   * The output is whole: it gets its name.
   *
   * @param durable sync the file and its folder to the disk
   * @throws FileAlreadyExistsException if a file has appeared there that must not be replaced
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

  /** Closes the output; what has not been committed is removed. */
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
