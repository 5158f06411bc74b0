package org.bamarrow.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.DirectIo;
import org.bamarrow.convert.Progress;
import org.bamarrow.convert.Strategy;
import org.bamarrow.internal.bgzf.Inflaters;
import org.bamarrow.internal.ipc.OutputPlace;
import org.bamarrow.parts.PartPlan.Cut;
import org.bamarrow.parts.PartsConversion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bamarrow convert}: BAMs to one Arrow file or stream, or to a directory of parts. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Convert BAMs to one Arrow IPC file or stream, or to a directory of files.",
      "The rows stand in the order of the inputs and of their records. The output appears under its"
          + " name only when it is whole. The same input and options give the same bytes for any"
          + " number of threads."
    },
    footer = {
      "",
      "Examples:",
      "  bamarrow convert in.bam out.arrow",
      "  bamarrow convert -@ 8 --compression zstd lane1.bam lane2.bam out.arrow",
      "  bamarrow convert --parts 16 in.bam out/",
      "  bamarrow convert --columns rname,pos,end,read_group -F UNMAP in.bam out.arrow",
      "  bamarrow convert --region chr1:1000-2000 --region chr2 in.bam out.arrow",
      "  bamarrow convert --tags CB:Z,UB:Z -D CB:barcodes.txt in.bam out.arrow",
      "  samtools view -u in.cram | bamarrow convert - - | python3 my-arrow-reader.py"
    })
public class ConvertCommand extends ConversionCommand {
  private static final String STANDARD_OUTPUT = OutputPlace.STANDARD_OUTPUT;

  @Mixin private OutputArguments output;
  @Mixin private PartsArguments parts;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = {
        "Write the receipt as JSON to FILE, which is replaced only with --force; - for standard"
            + " output."
      })
  private String report;

  @Option(names = "--quiet", description = "No receipt, no progress bar, no notes; only errors.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "A receipt with every setting and the time of each stage.")
  private boolean verbose;

  @Parameters(
      hideParamSyntax = true,
      paramLabel = "IN.bam... OUT.arrow",
      description =
          "The BAMs, - for standard input; then the output, - for standard output, a name that ends"
              + " with / for parts.")
  private List<String> files = List.of();

  @Override
  public Integer call() throws IOException {
    if (files.size() < 2) {
      throw new IllegalArgumentException("name one input or more, then the output");
    }
    List<String> inputs = files.subList(0, files.size() - 1);
    String target = files.get(files.size() - 1);
    if (quiet && verbose) {
      throw new IllegalArgumentException("--quiet and --verbose contradict each other");
    }
    if (target.equals(STANDARD_OUTPUT) && Terminals.standardOutput()) {
      throw new IllegalArgumentException(
          "Arrow data are no text for a terminal; name a file or use a pipe");
    }
    PrintWriter err = spec.commandLine().getErr();
    boolean wordy = verbose || !quiet && preset == Preset.DIAGNOSTIC;
    if (wordy) {
      Logs.verbose();
      Inflaters.passedOver().forEach(reason -> err.println("bamarrow: " + reason));
    }
    ConvertOptions options = options(inputs);
    options = options.withOutput(output.toOutputOptions(options.output(), target));
    Cut cut = parts.cut(target, options.output());
    if (cut != null && options.machine().strategy() == Strategy.SEGMENTS) {
      throw new IllegalArgumentException(
          "--strategy segments is for one output; parts are read side by side as they are");
    }
    if (cut != null && options.output().directIo() == DirectIo.ALWAYS) {
      throw new IllegalArgumentException("--direct-io always is for one output, not for parts");
    }
    List<String> read = new ArrayList<>(NamedFiles.ofOptions(spec, "--report"));
    OutputPlace.requireNoInput(target, read);
    read.addAll(inputs);
    try (ReportJson file =
        report == null ? null : ReportJson.open(report, target, options.output().force(), read)) {
      ConvertReport done = convert(inputs, target, options, cut, quiet ? null : err);
      if (!quiet) {
        FilterNotes.of(done.lists(), options.rows(), done.records())
            .forEach(note -> err.println("bamarrow: " + note));
        ReportText.print(done, wordy, err);
      }
      if (file != null) {
        file.write(done);
      }
    }
    return 0;
  }

  /**
   * Does the work; for those who have it done elsewhere to do otherwise.
   *
   * @param cut null: into one file or stream
   * @param notes for progress and remarks; null: none are wanted
   */
  protected ConvertReport convert(
      List<String> inputs, String target, ConvertOptions options, Cut cut, PrintWriter notes)
      throws IOException {
    Progress bar = Terminals.standardError() ? new ProgressBarView() : Progress.NONE;
    Progress progress = notes == null ? Progress.NONE : new Notes(bar, notes);
    ConvertReport done =
        cut == null
            ? BamToArrow.convert(inputs, target, options, progress)
            : PartsConversion.convert(inputs, target, options, cut, progress);
    if (notes != null) {
      noteOtherStrategy(options, done, notes);
      noteFewerThreads(options, done, notes);
    }
    return done;
  }

  /** Whether an option was given, by its long name. */
  protected final boolean given(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private static void noteOtherStrategy(
      ConvertOptions options, ConvertReport done, PrintWriter err) {
    String used = done.settings().get("strategy");
    if (options.machine().strategy() == Strategy.SEGMENTS && !used.equals("segments")) {
      String reason =
          options.rows().limit() >= 0
              ? "it has a limit"
              : options.regions().filters() ? "it has regions" : "an input is a stream";
      err.printf(
          "bamarrow: --strategy segments reads whole files only, so this ran as %s: %s%n",
          used, reason);
    }
  }

  private static void noteFewerThreads(
      ConvertOptions options, ConvertReport done, PrintWriter err) {
    int asked = options.machine().threads();
    int used = Integer.parseInt(done.settings().get("threads"));
    boolean enoughToDo =
        asked <= Integer.parseInt(done.settings().getOrDefault("segments", "" + asked));
    if (options.machine().strategy() != Strategy.SEQUENTIAL && used < asked && enoughToDo) {
      err.printf(
          "bamarrow: %d of %d threads were used: the memory budget of %s holds no more chunks;"
              + " give more with --memory or less with --batch-bytes%n",
          used, asked, ReportText.bytes(options.machine().memoryBytes()));
    }
  }
}
