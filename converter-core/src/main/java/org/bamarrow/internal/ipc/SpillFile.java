package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bamarrow.convert.DirectIo;
import org.bamarrow.convert.OutputOptions;

/**
 * A temporary file for record batches that are not next in the output: consecutive messages, whose
 * offsets are kept in memory. Only its owner may read it. It is removed when it is closed, and when
 * the JVM exits.
 */
public final class SpillFile implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final IpcOutput output;

  private SpillFile(Path file, FileChannel channel, OutputOptions options) {
    this.file = file;
    this.channel = channel;
    output =
        new FileOutput(file.toString(), file, channel, options.withDirectIo(DirectIo.NEVER), 1);
    output.startAsPart();
  }

  static SpillFile create(Path file, OutputOptions options) throws IOException {
    return new SpillFile(file, TemporaryFiles.create(file, FileOwnership.ownerOnly(file)), options);
  }

  /** The output for the batches; it is never finished. */
  public IpcOutput output() {
    return output;
  }

  /** Appends all batches to {@code target}, without decoding them. */
  public void appendTo(IpcOutput target) throws IOException {
    target.append(channel, output.blocks(), output.rows(), output.zones().all());
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
    TemporaryFiles.forget(file);
  }
}
