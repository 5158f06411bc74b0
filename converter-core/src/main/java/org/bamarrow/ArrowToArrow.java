package org.bamarrow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bamarrow.convert.ArrowOptions;
import org.bamarrow.convert.ArrowReport;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.internal.ipc.IpcOutput;
import org.bamarrow.internal.ipc.IpcSchema;
import org.bamarrow.internal.ipc.OutputTarget;
import org.bamarrow.internal.rewrite.Rewrite;
import org.bamarrow.internal.rewrite.RewriteInput;
import org.bamarrow.internal.rewrite.RewriteOutput;
import org.bamarrow.internal.zone.ZoneMap;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.PartSize;
import org.bamarrow.parts.PartStore;

/**
 * Converts Arrow data to Arrow data: with some of the rows and columns, in other record batches, or
 * with another compression. Record batches that do not change are copied as they are.
 */
public final class ArrowToArrow {
  private ArrowToArrow() {}

  /**
   * Converts an Arrow file, a stream in a file, or a directory of parts to one file or stream.
   *
   * @param input a regular file or a directory
   * @param target a file, which appears only when it is complete, or {@code -} for standard output
   * @param options which rows and columns, and how they are written
   * @param progress receives progress and warnings
   * @return what was read and written
   * @throws IllegalArgumentException if the data lack a column that the options need
   * @throws IOException if the input is truncated or invalid, or the output cannot be written
   */
  public static ArrowReport convert(
      Path input, String target, ArrowOptions options, Progress progress) throws IOException {
    long begin = System.nanoTime();
    RewriteInput from = new RewriteInput(input);
    try (OutputTarget place = OutputTarget.open(target, options.output(), from.files())) {
      Rewrite rewrite = new Rewrite(from, options, progress);
      One one = new One(place, rewrite);
      rewrite.run(one);
      place.commit();
      return report(rewrite, input, target, one.output.bytes(), 0, begin);
    }
  }

  /**
   * Converts an Arrow file, a stream in a file, or a directory of parts to a local directory of
   * parts.
   *
   * @param input a regular file or a directory
   * @param directory which is complete, or as it was before, when this returns or throws
   * @param size of the parts, as numbers of bytes of the input
   * @param options which rows and columns, and how they are written
   * @param progress receives progress and warnings
   * @return what was read and written
   * @throws IllegalArgumentException if the data lack a column that the options need, or the
   *     directory is the input or contains it
   * @throws IOException if the input is truncated or invalid, or the output cannot be written
   */
  public static ArrowReport convertToParts(
      Path input, String directory, PartSize size, ArrowOptions options, Progress progress)
      throws IOException {
    long begin = System.nanoTime();
    RewriteInput from = new RewriteInput(input);
    Path target = Path.of(directory);
    for (String file : Files.isDirectory(target) ? from.files() : List.<String>of()) {
      if (Files.isSameFile(target, Path.of(file).toAbsolutePath().getParent())) {
        throw new IllegalArgumentException(
            directory + ": is or contains an input; choose another name for the output");
      }
    }
    OutputOptions output = options.output();
    Rewrite rewrite = new Rewrite(from, options, progress);
    PartStore store = new LocalPartStore(directory, output.durable());
    try (RewrittenParts parts =
        new RewrittenParts(
            store, rewrite, size, from.bytes(), output.force(), output.writeBytes())) {
      rewrite.run(parts);
      return report(rewrite, input, directory, parts.bytes(), parts.parts(), begin);
    }
  }

  private static ArrowReport report(
      Rewrite rewrite, Path input, String target, long bytes, int parts, long begin) {
    return new ArrowReport(
        input.toString(),
        target,
        rewrite.rowsRead(),
        rewrite.rowsLeftOut(),
        rewrite.rows(),
        rewrite.removed(),
        rewrite.matches(),
        rewrite.batches(),
        rewrite.batchesCopied(),
        rewrite.bytesRead(),
        bytes,
        parts,
        (System.nanoTime() - begin) / 1e9);
  }

  /** One file or stream. */
  private static final class One implements RewriteOutput {
    private final IpcOutput output;
    private final Rewrite rewrite;

    One(OutputTarget place, Rewrite rewrite) throws IOException {
      this.output = place.output(1);
      this.rewrite = rewrite;
    }

    @Override
    public void start(IpcSchema schema) throws IOException {
      output.keepZones(new ZoneMap(rewrite.zoneColumns()));
      output.start(() -> schema);
    }

    @Override
    public IpcOutput next() {
      return output;
    }

    @Override
    public void finish() throws IOException {
      output.finish();
    }
  }
}
