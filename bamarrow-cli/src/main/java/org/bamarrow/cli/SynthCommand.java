package org.bamarrow.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bamarrow.internal.ipc.NamedOutput;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.bamarrow.synth.SynthReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bamarrow synth}: a seeded BAM of made-up reads, of any size. */
@Command(
    name = "synth",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Write a BAM of synthetic reads; the same options give the same records.",
    footer = {
      "",
      "Examples:",
      "  bamarrow synth --profile short --records 1000000 --seed 7 reads.bam",
      "  bamarrow synth --profile long --size 10G --spanning -@ 4 long.bam",
      "  bamarrow synth --profile singlecell --records 1000 - | samtools view -c"
    })
final class SynthCommand implements Callable<Integer> {
  private static final int BUFFER = 1 << 16;

  @Spec private CommandSpec spec;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      defaultValue = "short",
      converter = ProfileConverter.class,
      description =
          "short (paired, full-range qualities), binned (4 quality levels), long (5-30"
              + " kbp), ultralong (100 kbp - 4 Mbp), singlecell (unaligned, CB/UB tags) or edge"
              + " (rare but valid records) (default: ${DEFAULT-VALUE}).")
  private SynthProfile profile;

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "Number of records (default: 1000000).")
  private Long records;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description =
          "Approximate size of the BAM, instead of --records, within a few percent: 500M,"
              + " 10G.")
  private Long size;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Random seed (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--unsorted",
      description = "Write records in the order of an aligner, not sorted.")
  private boolean unsorted;

  @Option(names = "--aligned", description = "No record spans BGZF blocks (default).")
  private boolean aligned;

  @Option(names = "--spanning", description = "Blocks are filled, and records may span them.")
  private boolean spanning;

  @Option(
      names = "--level",
      defaultValue = "5",
      description = "DEFLATE level, 0 to 9 (default: ${DEFAULT-VALUE}).")
  private int level;

  @Option(
      names = "--block-size",
      defaultValue = "65280",
      paramLabel = "BYTES",
      description = "Inflated bytes per full block (default: ${DEFAULT-VALUE}).")
  private int blockSize;

  @Option(
      names = {"-@", "--threads"},
      paramLabel = "N",
      description =
          "Number of threads that compress; does not change the output (default: all"
              + " processors).")
  private Integer threads;

  @Option(names = "--force", description = "Replace an existing file.")
  private boolean force;

  @Option(
      names = {"-q", "--quiet"},
      description = "Do not print what was written.")
  private boolean quiet;

  @Parameters(paramLabel = "OUT.bam", description = "Output BAM (- for standard output).")
  private String target;

  @Override
  public Integer call() throws IOException {
    SynthReport report = write(options());
    if (!quiet) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          Locale.ROOT,
          "%s: %,d records, %,d blocks, %,d bytes (%,d inflated)%n",
          target,
          report.records(),
          report.blocks(),
          report.bytes(),
          report.inflatedBytes());
      err.flush();
    }
    return 0;
  }

  private SynthOptions options() {
    if (aligned && spanning) {
      throw usage("--aligned and --spanning are mutually exclusive");
    }
    if (records != null && size != null) {
      throw usage("--records and --size are mutually exclusive");
    }
    if (size != null && size == 0) {
      throw usage("--size must be greater than 0");
    }
    try {
      return new SynthOptions(
          profile,
          records == null ? 1_000_000 : records,
          size == null ? 0 : size,
          seed,
          !unsorted,
          !spanning,
          level,
          blockSize,
          threads == null ? Runtime.getRuntime().availableProcessors() : threads);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private SynthReport write(SynthOptions options) throws IOException {
    try (NamedOutput place = NamedOutput.open(target, force, List.of())) {
      SynthReport report =
          SynthBam.write(new BufferedOutputStream(place.stream(), BUFFER), options);
      place.commit(false);
      return report;
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
