package org.bamarrow.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.bamarrow.bench.Roofline;
import org.bamarrow.bench.RooflineReport;
import org.bamarrow.convert.Inflater;
import org.bamarrow.internal.ipc.NamedOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bamarrow bench roofline}: a conversion compared with the limit of the machine. */
@Command(
    name = "roofline",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Compare a conversion of all core columns (no tags) with the limit of the machine"
            + " for the same threads and inflater: reading, inflating and checking every block"
            + " and writing as many bytes as the Arrow file has, without decoding. Also compare"
            + " count with inflating and checking only. All tasks run alternately in one"
            + " process, after a warm-up round that is not counted.",
    footer = {
      "",
      "Examples:",
      "  bamarrow bench roofline in.bam",
      "  bamarrow bench roofline -@ 8 --runs 5 --dir scratch --json limit.json in.bam",
      "  bamarrow bench roofline --cold in.bam"
    })
final class BenchRooflineCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private BenchArguments common;

  @Option(
      names = "--inflater",
      paramLabel = "NAME",
      defaultValue = "auto",
      converter = MachineArguments.InflaterNames.class,
      completionCandidates = MachineArguments.InflaterNames.class,
      description =
          "auto, libdeflate, gkl, java or jdk, for the conversion and the limit (default: auto).")
  private Inflater inflater;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "3",
      description = "Number of measured rounds (default: 3).")
  private int runs;

  @Option(
      names = "--limit-chunk",
      paramLabel = "SIZE",
      defaultValue = "256K",
      converter = SizeConverter.class,
      description = "Compressed bytes per read of the limit, 64K to 64M (default: 256K).")
  private long limitChunk;

  @Option(
      names = "--cold",
      description =
          "Evict IN.bam from the page cache before each run, with GNU dd or as root. The"
              + " results then depend on the disk; the host of a virtual machine may still cache"
              + " the file.")
  private boolean cold;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the results as JSON.")
  private String json;

  @Option(names = "--force", description = "Replace an existing --json file.")
  private boolean force;

  @Parameters(paramLabel = "IN.bam", description = "Input BAM; must be a regular file.")
  private String bam;

  @Override
  public Integer call() throws IOException {
    if (limitChunk < 1 << 16 || limitChunk > 1 << 26) {
      throw common.usage("--limit-chunk must be 64K to 64M");
    }
    Roofline.Plan plan =
        new Roofline.Plan(
            common.threads(),
            inflater,
            common.atLeastOne("--runs", runs),
            (int) limitChunk,
            common.folder(),
            cold);
    common.regularFile(bam);
    // Opened first, so that an invalid name is reported before minutes of measuring.
    try (NamedOutput place = json == null ? null : NamedOutput.open(json, force, List.of(bam))) {
      RooflineReport report = Roofline.run(bam, plan);
      report.print(spec.commandLine().getOut());
      if (place != null) {
        place.stream()
            .write(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(report));
        place.commit(false);
      }
    }
    return 0;
  }
}
