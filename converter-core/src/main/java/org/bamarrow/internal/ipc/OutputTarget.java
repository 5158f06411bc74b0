package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import org.bamarrow.convert.DirectIo;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;

/** Where Arrow data go, as {@link OutputPlace} writes files. */
public final class OutputTarget implements AutoCloseable {
  /** The name of standard output. */
  public static final String STANDARD_OUTPUT = OutputPlace.STANDARD_OUTPUT;

  private final OutputOptions options;
  private final OutputPlace place;
  private final String unique = NewFile.unique();
  private FileOutput output;
  private int spills;

  private OutputTarget(OutputOptions options, OutputPlace place) {
    this.options = options;
    this.place = place;
  }

  /**
   * @param name a file, or {@code -} for standard output
   * @param inputs the files that are read, none of which may be the target
   */
  public static OutputTarget open(String name, OutputOptions options, Collection<String> inputs)
      throws IOException {
    return new OutputTarget(options, OutputPlace.open(name, options.force(), inputs));
  }

  /**
   * A new place for record batches that come before their turn: a hidden file beside the target, or
   * in the folder for temporary files where the target is no regular file. The caller closes it.
   */
  public synchronized SpillFile spill() throws IOException {
    String part = unique + "-" + spills++;
    Path target = place.target();
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
    if (place.temporary() == null) {
      if (options.directIo() == DirectIo.ALWAYS) {
        throw new OptionException(
            OptionKey.DIRECT_IO.setTo("always"), " is for a file, not for a stream");
      }
      return new StreamOutput(
          place.name(), place.channel(), options.writeBytes(), options.format());
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
    return place.restart();
  }

  /** The output is whole: it gets its name. */
  public void commit() throws IOException {
    closeOutput();
    place.commit(options.durable());
  }

  /** Closes the output; what has not been committed is removed. */
  @Override
  public void close() throws IOException {
    try {
      closeOutput();
    } finally {
      place.close();
    }
  }
}
