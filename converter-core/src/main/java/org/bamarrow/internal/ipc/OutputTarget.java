package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Collection;
import org.bamarrow.convert.DirectIo;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;

/** Where Arrow data go: a named place, as {@link NamedOutput} writes it, or a caller's channel. */
public final class OutputTarget implements AutoCloseable {
  /** The name of standard output. */
  public static final String STANDARD_OUTPUT = NamedOutput.STANDARD_OUTPUT;

  /** What a channel is called in the report. */
  private static final String CHANNEL = "channel";

  private final OutputOptions options;

  /** Null: {@link #channel} is the caller's. */
  private final NamedOutput place;

  private final WritableByteChannel channel;
  private final String unique = NewFile.unique();
  private FileOutput output;
  private int spills;

  private OutputTarget(OutputOptions options, NamedOutput place, WritableByteChannel channel) {
    this.options = options;
    this.place = place;
    this.channel = channel;
  }

  /**
   * @param name a file, or {@code -} for standard output
   * @param inputs the files that are read, none of which may be the target
   */
  public static OutputTarget open(String name, OutputOptions options, Collection<String> inputs)
      throws IOException {
    NamedOutput place = NamedOutput.open(name, options.force(), inputs);
    return new OutputTarget(options, place, place.channel());
  }

  /**
   * A target of unknown kind, written from start to end.
   *
   * @param channel blocking; stays the caller's; its errors tell what cannot be written
   */
  public static OutputTarget of(WritableByteChannel channel, OutputOptions options) {
    return new OutputTarget(options, null, channel);
  }

  /** As the user gave it. */
  public String name() {
    return place == null ? CHANNEL : place.name();
  }

  /**
   * A new place for record batches that come before their turn: a hidden file beside the target, or
   * in the folder for temporary files where the target is no regular file. The caller closes it.
   */
  public synchronized SpillFile spill() throws IOException {
    String part = unique + "-" + spills++;
    Path target = place == null ? null : place.target();
    Path file =
        target == null
            ? Path.of(System.getProperty("java.io.tmpdir"), TemporaryNames.of("bamarrow", part))
            : target.resolveSibling(TemporaryNames.of("" + target.getFileName(), part));
    return SpillFile.create(file, options);
  }

  /**
   * The Arrow output to this target, which stays the target's.
   *
   * @param workers how many threads write
   */
  public IpcOutput output(int workers) throws IOException {
    closeOutput();
    if (place == null || place.temporary() == null) {
      if (options.directIo() == DirectIo.ALWAYS) {
        throw new OptionException(
            OptionKey.DIRECT_IO.setTo("always"), " is for a file, not for a stream");
      }
      return new StreamOutput(
          place == null ? null : place.name(), channel, options.writeBytes(), options.format());
    }
    output = new FileOutput(place.name(), place.temporary(), place.channel(), options, workers);
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
    closeOutput();
    return place != null && place.restart();
  }

  /** The output is whole: it gets its name. */
  public void commit() throws IOException {
    closeOutput();
    if (place != null) {
      place.commit(options.durable());
    }
  }

  /** Closes the output; what has not been committed is removed. */
  @Override
  public void close() throws IOException {
    try {
      closeOutput();
    } finally {
      if (place != null) {
        place.close();
      }
    }
  }
}
