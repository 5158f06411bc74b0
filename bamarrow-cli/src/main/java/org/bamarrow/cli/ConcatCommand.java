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
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bamarrow concat}: Arrow files of one schema to one file. */
@Command(
    name = "concat",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Append Arrow files or streams of one schema to one another.",
      "The record batches are copied in order as they stand, compressed or not; nothing is decoded."
          + " The output appears under its name only when it is whole."
    },
    footer = {
      "",
      "Examples:",
      "  bamarrow concat all.arrow part-0.arrow part-1.arrow",
      "  bamarrow concat --format stream - parts/*.arrow | python3 my-arrow-reader.py"
    })
public final class ConcatCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      converter = OutputArguments.Formats.class,
      completionCandidates = OutputArguments.Formats.class,
      description = {
        "file or stream (default: stream for names in .arrows, standard output, FIFOs and devices,"
            + " else file)."
      })
  private Format format;

  @Option(names = "--force", description = "Replace an existing file.")
  private boolean force;

  @Option(
      names = "--durable",
      description = "Success means that the file is on the disk: sync it and its folder.")
  private boolean durable;

  @Option(names = "--quiet", description = "No line about what was written.")
  private boolean quiet;

  @Parameters(
      index = "0",
      paramLabel = "OUT.arrow",
      description = "The output, - for standard output.")
  private String target;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      hideParamSyntax = true,
      paramLabel = "IN.arrow...",
      description =
          "Arrow IPC files or streams that bamarrow or others wrote, in the order of the rows; or"
              + " one directory of parts.")
  private List<Path> inputs;

  @Override
  public Integer call() throws IOException {
    if (target.equals(OutputTarget.STANDARD_OUTPUT) && Terminals.standardOutput()) {
      throw new IllegalArgumentException(
          "Arrow data are no text for a terminal; name a file or use a pipe");
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
