package org.bamarrow.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.bamarrow.bench.Roofline;
import org.bamarrow.bench.RooflineReport;
import org.bamarrow.convert.Inflater;
import org.bamarrow.internal.ipc.OutputPlace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bamarrow bench roofline}: the conversion beside the limit of the machine. */
@Command(
    name = "roofline",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measure a conversion of all core columns (no tags) and the machine's limit for it, with"
            + " the same threads and inflater: read, inflate and check every block and write as"
            + " many bytes as the Arrow file has, decoding nothing. Also count beside inflate and"
            + " check alone. All run in turns in one process; an uncounted first round warms the"
            + " JVM.",
    footer = {
      "",
      "Examples:",
      "  bamarrow bench roofline in.bam",
      "  bamarrow bench roofline -@ 8 --runs 5 --dir scratch --json roofline.json in.bam",
      "  bamarrow bench roofline --cold in.bam"
    })
public final class BenchRooflineCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private BenchArguments common;

  @Option(
      names = "--inflater",
      paramLabel = "NAME",
      defaultValue = "auto",
      converter = MachineArguments.InflaterNames.class,
      completionCandidates = MachineArguments.InflaterNames.class,
      description = "auto, libdeflate, gkl or jdk, for conversion and limit. Default: auto.")
  private Inflater inflater;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "3",
      description = "Counted rounds. Default: 3.")
  private int runs;

  @Option(
      names = "--limit-chunk",
      paramLabel = "SIZE",
      defaultValue = "256K",
      converter = SizeConverter.class,
      description = "Compressed bytes that the limit reads a turn, 64K to 64M. Default: 256K.")
  private long limitChunk;

  @Option(
      names = "--cold",
      description =
          "Drop IN.bam from the page cache before each run, with GNU dd or as root. Cold figures"
              + " are the disk's; a virtual machine's host may still have the file.")
  private boolean cold;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures as JSON.")
  private String json;

  @Option(names = "--force", description = "Replace an existing file of --json.")
  private boolean force;

  @Parameters(paramLabel = "IN.bam", description = "A BAM in a regular file.")
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
    // Opened first, so that a name that will not do is told before minutes of measuring.
    try (OutputPlace place = json == null ? null : OutputPlace.open(json, force, List.of(bam))) {
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
