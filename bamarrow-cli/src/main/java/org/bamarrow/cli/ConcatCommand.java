package org.bamarrow.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bamarrow.ArrowConcat;
import org.bamarrow.convert.Compression;
import org.bamarrow.convert.Format;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.errors.Printable;
import org.bamarrow.internal.ipc.OutputTarget;
import org.bamarrow.parts.PartNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bamarrow concat}: concatenates Arrow files with the same schema. */
@Command(
    name = "concat",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Concatenate Arrow files or streams with the same schema.",
      "Record batches are copied in order, without decoding or decompressing them. The"
          + " output appears under its name only when it is complete."
    },
    footer = {
      "",
      "Examples:",
      "  bamarrow concat all.arrow part-0.arrow part-1.arrow",
      "  bamarrow concat --format stream - parts/part-*.arrow | python3 my-arrow-reader.py"
    })
final class ConcatCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      converter = OutputArguments.Formats.class,
      completionCandidates = OutputArguments.Formats.class,
      description =
          "file or stream (default: stream for names ending in .arrows, standard output,"
              + " FIFOs and devices; otherwise file).")
  private Format format;

  @Option(names = "--force", description = "Replace an existing file.")
  private boolean force;

  @Option(
      names = "--durable",
      description = "Sync the file and its directory to the disk before reporting success.")
  private boolean durable;

  @Option(names = "--quiet", description = "Do not print what was written.")
  private boolean quiet;

  @Parameters(
      index = "0",
      paramLabel = "OUT.arrow",
      description = "Output (- for standard output).")
  private String target;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      hideParamSyntax = true,
      paramLabel = "IN.arrow...",
      description =
          "Arrow IPC files or streams, written by bamarrow or others, in the order of the"
              + " rows; or one directory of parts.")
  private List<Path> inputs;

  @Override
  public Integer call() throws IOException {
    if (target.equals(OutputTarget.STANDARD_OUTPUT) && Terminals.standardOutput()) {
      throw new IllegalArgumentException(
          "Arrow data are binary and not written to a terminal; name a file or use a pipe");
    }
    for (Path input : inputs) {
      if (input.endsWith(PartNames.BATCHES)) {
        throw new IllegalArgumentException(
            input
                + ": has the statistics of the parts of a directory, and none of its rows; name the"
                + " directory, or part-*.arrow");
      }
    }
    OutputOptions defaults = OutputOptions.defaults();
    OutputOptions options =
        defaults
            .withFormat(format == null ? OutputArguments.formatOf(target) : format)
            .withCompression(Compression.NONE)
            .withForce(force)
            .withDurable(durable);
    ArrowConcat.Result done = ArrowConcat.concat(inputs, target, options);
    if (!quiet) {
      spec.commandLine()
          .getErr()
          .printf(
              Locale.ROOT,
              "%s: %,d rows in %,d batches of %,d files, %s%n",
              Printable.name(target),
              done.rows(),
              done.batches(),
              inputs.size(),
              ReportText.bytes(done.bytes()));
      spec.commandLine().getErr().flush();
    }
    return 0;
  }
}
