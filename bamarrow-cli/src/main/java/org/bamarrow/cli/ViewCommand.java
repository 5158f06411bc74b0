package org.bamarrow.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bamarrow.errors.Printable;
import org.bamarrow.internal.ipc.NamedOutput;
import org.bamarrow.verify.ArrowToSam.Parts;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bamarrow view}: an Arrow file back as SAM text. */
@Command(
    name = "view",
    mixinStandardHelpOptions = false,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Print Arrow data written by bamarrow as SAM text.",
    footer = {
      "",
      "Typed tags are printed in the order of the schema. Files converted with",
      "--tags none --other-tags all keep the order of the record, as samtools view.",
      "",
      "Examples:",
      "  bamarrow view out.arrow | head",
      "  bamarrow view -h -o out.sam out.arrow",
      "  bamarrow view -F UNMAP --region chr1:1000-2000 out/"
    })
public final class ViewCommand implements Callable<Integer> {
  private static final int BUFFER = 1 << 16;

  @Spec private CommandSpec spec;

  @ArgGroup(exclusive = true)
  private final Header header = new Header();

  private static final class Header {
    @Option(
        names = {"-h", "--with-header"},
        description = "Print the header as well.")
    private boolean with;

    @Option(
        names = {"-H", "--header-only"},
        description = "Print only the header.")
    private boolean only;
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      defaultValue = "-",
      description =
          "Output file, which appears only when it is complete (default: -, standard" + " output).")
  private String output;

  @Option(names = "--force", description = "Replace an existing file.")
  private boolean force;

  @Option(names = "--help", usageHelp = true, description = "Show this help message and exit.")
  private boolean help;

  @Mixin private FilterArguments filters;
  @Mixin private RegionArguments regions;

  @Parameters(
      paramLabel = "IN.arrow",
      description = "An Arrow file or stream, or a directory of parts.")
  private Path input;

  @Override
  public Integer call() throws IOException {
    StandardInput.requireOnce(List.of(input.toString()), filters.files(), regions.files());
    ArrowClasses.await();
    ArrowSam sam = new ArrowSam(input, filters.toRowOptions(-1), regions.regions(), this::warn);
    Parts parts =
        header.only ? Parts.HEADER : header.with ? Parts.HEADER_AND_RECORDS : Parts.RECORDS;
    if (output.equals(NamedOutput.STANDARD_OUTPUT)) {
      NamedOutput.requireNoInput(output, ArrowArguments.files(input));
      write(sam, parts, new StandardOutput());
      return 0;
    }
    try (NamedOutput place = NamedOutput.open(output, force, ArrowArguments.files(input))) {
      write(sam, parts, place.stream());
      place.commit(false);
    }
    return 0;
  }

  private static void write(ArrowSam sam, Parts parts, OutputStream out) throws IOException {
    OutputStream buffered = new BufferedOutputStream(out, BUFFER);
    sam.write(buffered, parts);
    buffered.flush();
  }

  private void warn(String message) {
    spec.commandLine().getErr().println("bamarrow: " + Printable.message(message));
  }
}
