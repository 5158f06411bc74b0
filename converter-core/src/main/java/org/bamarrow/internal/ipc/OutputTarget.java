package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Collection;
import org.bamarrow.convert.DirectIo;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;

/** The destination of Arrow data: a {@link NamedOutput} or a channel of the caller. */
public final class OutputTarget implements AutoCloseable {
  /** The name of standard output. */
  public static final String STANDARD_OUTPUT = NamedOutput.STANDARD_OUTPUT;

  /** The name of a channel in the report. */
  private static final String CHANNEL = "channel";

  private final OutputOptions options;

  /** Null if {@link #channel} is owned by the caller. */
  private final NamedOutput named;

  private final WritableByteChannel channel;
  private final String unique = NewFile.unique();
  private FileOutput output;
  private int spills;

  private OutputTarget(OutputOptions options, NamedOutput named, WritableByteChannel channel) {
    this.options = options;
    this.named = named;
    this.channel = channel;
  }

  /**
   * Opens a file or standard output.
   *
   * @param name a file name, or {@code -} for standard output
   * @param inputs the files that are read, none of which may be the target
   */
  public static OutputTarget open(String name, OutputOptions options, Collection<String> inputs)
      throws IOException {
    NamedOutput named = NamedOutput.open(name, options.force(), inputs);
    return new OutputTarget(options, named, named.channel());
  }

  /**
   * A target that is written sequentially.
   *
   * @param channel blocking; owned by the caller; its errors name the output
   */
  public static OutputTarget of(WritableByteChannel channel, OutputOptions options) {
    return new OutputTarget(options, null, channel);
  }

  /** The name as given by the user. */
  public String name() {
    return named == null ? CHANNEL : named.name();
  }

  /**
   * A new temporary file for record batches that are not next in the output: a hidden file next to
   * the target, or in {@code java.io.tmpdir} if the target is not a regular file. The caller closes
   * it.
   */
  public synchronized SpillFile spill() throws IOException {
    String part = unique + "-" + spills++;
    Path target = named == null ? null : named.target();
    Path file =
        target == null
            ? Path.of(System.getProperty("java.io.tmpdir"), TemporaryNames.of("bamarrow", part))
            : target.resolveSibling(TemporaryNames.of("" + target.getFileName(), part));
    return SpillFile.create(file, options);
  }

  /**
   * The Arrow output of this target; owned by the target.
   *
   * @param workers number of threads that write
   */
  public IpcOutput output(int workers) throws IOException {
    closeOutput();
    if (named == null || named.temporary() == null) {
      if (options.directIo() == DirectIo.ALWAYS) {
        throw new OptionException(
            OptionKey.DIRECT_IO.setTo("always"), " requires a file, not a stream");
      }
      return new StreamOutput(
          named == null ? null : named.name(), channel, options.writeBytes(), options.format());
    }
    output = new FileOutput(named.name(), named.temporary(), named.channel(), options, workers);
    return output;
  }

  private void closeOutput() throws IOException {
    if (output != null) {
      output.close();
      output = null;
    }
  }

  /**
   * Discards what has been written, so that {@link #output} may be called again.
   *
   * @return false if that is not possible
   */
  public boolean restart() throws IOException {
    closeOutput();
    return named != null && named.restart();
  }

  /** Completes the output: a regular file gets its name. */
  public void commit() throws IOException {
    closeOutput();
    if (named != null) {
      named.commit(options.durable());
    }
  }

  /** Closes the output; removes it if it has not been committed. */
  @Override
  public void close() throws IOException {
    try {
      closeOutput();
    } finally {
      if (named != null) {
        named.close();
      }
    }
  }
}
