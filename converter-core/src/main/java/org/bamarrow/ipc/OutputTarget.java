package org.bamarrow.ipc;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.bamarrow.DirectIo;
import org.bamarrow.OptionException;
import org.bamarrow.OptionKey;
import org.bamarrow.OutputOptions;

/**
 * Where the output goes. A regular file is written under a temporary name beside it and gets its
 * own name only when it is whole; an end before that, a signal too, removes it. Devices, FIFOs and
 * {@code /dev/fd/*} are written as they are.
 */
public final class OutputTarget implements AutoCloseable {
  /** The name of standard output. */
  public static final String STANDARD_OUTPUT = "-";

  private final OutputOptions options;
  private final Path target;
  private final Path temporary;
  private final WritableByteChannel channel;
  private final String unique = unique();
  private FileOutput output;
  private int spills;
  private boolean committed;

  private OutputTarget(
      OutputOptions options, Path target, Path temporary, WritableByteChannel channel) {
    this.options = options;
    this.target = target;
    this.temporary = temporary;
    this.channel = channel;
  }

  /**
   * @param name a file, or {@code -} for standard output
   * @param inputs the files that are read, none of which may be the target
   */
  public static OutputTarget open(String name, OutputOptions options, List<String> inputs)
      throws IOException {
    if (name.equals(STANDARD_OUTPUT)) {
      FileOutputStream stream = new FileOutputStream(FileDescriptor.out);
      return new OutputTarget(options, null, null, stream.getChannel());
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
      return new OutputTarget(options, null, null, new FileOutputStream(name).getChannel());
    }
    for (String input : inputs) {
      if (exists && Files.exists(Path.of(input)) && Files.isSameFile(path, Path.of(input))) {
        throw new FileAlreadyExistsException(
            name, null, "is the input itself; give the output another name");
      }
    }
    if (exists && !options.force()) {
      throw new ExistingFileException(name, "exists already");
    }
    Path target = exists ? path.toRealPath() : path.toAbsolutePath();
    return open(name, target, options);
  }

  private static OutputTarget open(String name, Path target, OutputOptions options)
      throws IOException {
    Path temporary = target.resolveSibling("." + target.getFileName() + "." + unique() + ".tmp");
    try {
      FileChannel channel = CleanUp.create(temporary);
      return new OutputTarget(options, target, temporary, channel);
    } catch (NoSuchFileException e) {
      throw new IOException(name + ": its folder does not exist", e);
    }
  }

  /** No other process, and nobody in this one, makes the same. */
  private static String unique() {
    return ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());
  }

  /**
   * A new place for record batches that come before their turn: a hidden file beside the target, or
   * in the folder for temporary files where the target is no regular file. The caller closes it.
   */
  public synchronized SpillFile spill() throws IOException {
    String name = "." + unique + "-" + spills++ + ".tmp";
    Path file =
        temporary == null
            ? Path.of(System.getProperty("java.io.tmpdir"), ".bamarrow" + name)
            : target.resolveSibling("." + target.getFileName() + name);
    return SpillFile.create(file, options);
  }

  /**
   * The Arrow output to this target, which stays the target's.
   *
   * @param workers how many threads write
   */
  public IpcOutput output(int workers) throws IOException {
    closeOutput();
    if (temporary == null) {
      if (options.directIo() == DirectIo.ALWAYS) {
        throw new OptionException(
            OptionKey.DIRECT_IO.setTo("always"), " is for a file, not for a stream");
      }
      return new StreamOutput(channel, options.writeBytes(), options.format());
    }
    output = new FileOutput(target.toString(), temporary, (FileChannel) channel, options, workers);
    return output;
  }

  private void closeOutput() throws IOException {
    if (output != null) {
      output.close();
      output = null;
    }
  }

  /**
   * Drops what has been written, so that {@link #output} may be asked once more.
   *
   * @return false where it cannot be taken back
   */
  public boolean restart() throws IOException {
    if (temporary == null) {
      return false;
    }
    closeOutput();
    ((FileChannel) channel).truncate(0);
    return true;
  }

  /** The output is whole: it gets its name. */
  public void commit() throws IOException {
    if (temporary != null) {
      closeOutput();
      if (options.durable()) {
        ((FileChannel) channel).force(true);
      }
      channel.close();
      if (!options.force() && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new ExistingFileException(target.toString(), "has appeared meanwhile");
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      committed = true;
      if (options.durable()) {
        syncFolder();
      }
    }
  }

  private void syncFolder() throws IOException {
    try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /** Closes the output; what has not been committed is removed. */
  @Override
  public void close() throws IOException {
    if (temporary == null) {
      if (channel.isOpen()) {
        channel.close();
      }
      return;
    }
    try {
      closeOutput();
    } finally {
      channel.close();
    }
    if (!committed) {
      Files.deleteIfExists(temporary);
    }
    CleanUp.forget(temporary);
  }
}
