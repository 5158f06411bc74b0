package org.bamarrow.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bamarrow.internal.ipc.OutputPlace;
import org.bamarrow.verify.ArrowToSam;
import org.bamarrow.verify.ArrowToSam.Parts;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bamarrow view}: an Arrow file back as SAM text. */
@Command(
    name = "view",
    mixinStandardHelpOptions = false,
    description = "Print an Arrow file that bamarrow wrote as SAM text.",
    footer = {
      "",
      "Tags come in the order of the Arrow schema; in the record's own order, so that each line",
      "is that of samtools view, from files converted with --other-tags all.",
      "",
      "Examples:",
      "  bamarrow view out.arrow | head",
      "  bamarrow view -h -o out.sam out.arrow"
    })
public final class ViewCommand implements Callable<Integer> {
  private static final int BUFFER = 1 << 16;

  @ArgGroup(exclusive = true)
  private final Header header = new Header();

  private static final class Header {
    @Option(
        names = {"-h", "--with-header"},
        description = "Print the header too.")
    private boolean with;

    @Option(
        names = {"-H", "--header-only"},
        description = "Print the header only.")
    private boolean only;
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      defaultValue = "-",
      description = {
        "Write to this file, which appears only when it is whole; - is standard output, the"
            + " default."
      })
  private String output;

  @Option(names = "--force", description = "Replace an existing file.")
  private boolean force;

  @Option(names = "--help", usageHelp = true, description = "Show this help.")
  private boolean help;

  @Parameters(
      paramLabel = "IN.arrow",
      description = "An Arrow file or stream, or a directory of parts.")
  private Path input;

  @Override
  public Integer call() throws IOException {
    Parts parts =
        header.only ? Parts.HEADER : header.with ? Parts.HEADER_AND_RECORDS : Parts.RECORDS;
    if (output.equals(OutputPlace.STANDARD_OUTPUT)) {
      OutputPlace.requireNoInput(output, ArrowArguments.files(input));
      write(parts, new StandardOutput());
      return 0;
    }
    try (OutputPlace place = OutputPlace.open(output, force, ArrowArguments.files(input))) {
      write(parts, place.stream());
      place.commit(false);
    }
    return 0;
  }

  private void write(Parts parts, OutputStream out) throws IOException {
    OutputStream buffered = new BufferedOutputStream(out, BUFFER);
    ArrowToSam.write(input, buffered, parts);
    buffered.flush();
  }
}
