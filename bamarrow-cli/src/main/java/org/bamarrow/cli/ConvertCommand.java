package org.bamarrow.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bamarrow.BamToArrow;
import org.bamarrow.BamToParts;
import org.bamarrow.convert.ArrowOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.DirectIo;
import org.bamarrow.convert.Execution;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.convert.Strategy;
import org.bamarrow.internal.bgzf.Inflaters;
import org.bamarrow.internal.ipc.NamedOutput;
import org.bamarrow.parts.PartSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code bamarrow convert}: BAMs, or Arrow data, to one Arrow file or stream, or to a directory of
 * parts.
 */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Convert BAMs to an Arrow IPC file or stream, or to a directory of files.",
      "Rows are in the order of the inputs and of their records. The output appears"
          + " under its name only when it is complete. The same input and options give the"
          + " same bytes for any number of threads.",
      "The input may also be one Arrow file, stream or directory of parts: columns, filters,"
          + " regions, batches and compression are then those of the new data."
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
      "  bamarrow convert --columns qname,pos,end -q 30 --compression zstd all.arrow out.arrow",
      "  samtools view -u in.cram | bamarrow convert - - | python3 my-arrow-reader.py"
    })
public class ConvertCommand extends ConversionCommand {
  private static final String STANDARD_OUTPUT = NamedOutput.STANDARD_OUTPUT;

  @Mixin private OutputArguments output;
  @Mixin private PartsArguments parts;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Write the report as JSON to FILE (- for standard output). An existing file is"
              + " replaced only with --force.")
  private String report;

  @Option(names = "--quiet", description = "Print no report, progress bar or notes, only errors.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print a report with every setting and the time of each stage.")
  private boolean verbose;

  @Parameters(
      hideParamSyntax = true,
      paramLabel = "IN.bam... OUT.arrow",
      description =
          "Input BAMs (- for standard input) or Arrow data, then the output (- for standard output;"
              + " a name ending in / for a directory of parts).")
  private List<String> files = List.of();

  @Override
  public Integer call() throws IOException {
    if (files.size() < 2) {
      throw new IllegalArgumentException("at least one input and the output are required");
    }
    List<String> inputs = files.subList(0, files.size() - 1);
    String target = files.get(files.size() - 1);
    if (quiet && verbose) {
      throw new IllegalArgumentException("--quiet and --verbose are mutually exclusive");
    }
    if (target.equals(STANDARD_OUTPUT) && Terminals.standardOutput()) {
      throw new IllegalArgumentException(
          "Arrow data are binary and not written to a terminal; name a file or use a pipe");
    }
    PrintWriter err = spec.commandLine().getErr();
    for (String input : inputs) {
      if (isArrow(input)) {
        return convertArrow(inputs, input, target, quiet ? null : err);
      }
    }
    boolean wordy = verbose || !quiet && preset == Preset.DIAGNOSTIC;
    if (wordy) {
      Logs.verbose();
      Inflaters.unavailableFaster().forEach(reason -> err.println("bamarrow: " + reason));
    }
    ConvertOptions options = options(inputs);
    options = options.withOutput(output.toOutputOptions(options.output(), target));
    PartSize partSize = parts.size(target, options.output());
    if (partSize != null && options.machine().strategy() == Strategy.SEGMENTS) {
      throw new IllegalArgumentException(
          "--strategy segments cannot be used with parts, which are written in parallel anyway");
    }
    if (partSize != null && options.output().directIo() == DirectIo.ALWAYS) {
      throw new IllegalArgumentException("--direct-io always cannot be used with parts");
    }
    List<String> read = new ArrayList<>(FileArguments.ofOptions(spec, "--report"));
    NamedOutput.requireNoInput(target, read);
    read.addAll(inputs);
    try (ReportJson file =
        report == null ? null : ReportJson.open(report, target, options.output().force(), read)) {
      ConvertReport done = convert(inputs, target, options, partSize, quiet ? null : err);
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
   * Whether an input holds Arrow data; subclasses may read BAMs only.
   *
   * @throws IOException if it cannot be read
   */
  protected boolean isArrow(String input) throws IOException {
    return ArrowArguments.isArrow(input);
  }

  private int convertArrow(List<String> inputs, String input, String target, PrintWriter notes)
      throws IOException {
    if (inputs.size() > 1) {
      throw new IllegalArgumentException(
          input
              + " holds Arrow data, of which one file or directory is converted at a time;"
              + " bamarrow concat concatenates files");
    }
    ArrowClasses.await();
    ArrowOptions options = arrowOptions(input);
    OutputOptions out = output.toOutputOptions(options.output(), target);
    options = options.withOutput(out).withKeepCompression(!given("--compression"));
    List<String> lists = FileArguments.ofOptions(spec, "--report");
    new ArrowConvert(input, target, options, parts.size(target, out), lists).run(report, notes);
    return 0;
  }

  /**
   * Runs the conversion; subclasses may run it elsewhere.
   *
   * @param partSize null: one file or stream
   * @param notes for progress and notes; null: none
   */
  protected ConvertReport convert(
      List<String> inputs,
      String target,
      ConvertOptions options,
      PartSize partSize,
      PrintWriter notes)
      throws IOException {
    Progress progress = StandardErrorProgress.of(notes);
    ConvertReport done =
        partSize == null
            ? BamToArrow.convert(inputs, target, options, progress)
            : BamToParts.convert(inputs, target, options, partSize, progress);
    if (notes != null) {
      noteOtherStrategy(options, done, notes);
      noteFewerThreads(options, done, notes);
    }
    return done;
  }

  private static void noteOtherStrategy(
      ConvertOptions options, ConvertReport done, PrintWriter err) {
    Execution used = done.settings().execution();
    if (options.machine().strategy() == Strategy.SEGMENTS && used != Execution.SEGMENTS) {
      String reason =
          options.rows().limit() >= 0
              ? "a limit is set"
              : options.regions().filters() ? "regions are set" : "an input is a stream";
      err.printf(
          "bamarrow: --strategy segments reads whole files only; %s was used instead: %s%n",
          used.name().toLowerCase(Locale.ROOT), reason);
    }
  }

  private static void noteFewerThreads(
      ConvertOptions options, ConvertReport done, PrintWriter err) {
    int asked = options.machine().threads();
    int used = done.settings().threads();
    int segments = done.settings().segments();
    boolean enoughToDo = segments == 0 || asked <= segments;
    if (options.machine().strategy() != Strategy.SEQUENTIAL && used < asked && enoughToDo) {
      err.printf(
          "bamarrow: %d of %d threads were used: the memory limit of %s holds no more chunks;"
              + " increase --memory or decrease --batch-bytes%n",
          used, asked, ReportText.bytes(options.machine().memoryBytes()));
    }
  }
}
