package org.bamarrow.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bamarrow.bench.Sweep;
import org.bamarrow.bench.SweepResult;
import org.bamarrow.bench.SweepSettings;
import org.bamarrow.bench.SweepTable;
import org.bamarrow.internal.ipc.NamedOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bamarrow bench sweep}: finds the fastest settings. */
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Convert a BAM (default columns and tags) with a grid of settings: threads, batch"
            + " rows, chunk bytes, read and write buffers, compression. Every output is read"
            + " back and its rows are counted; outputs with the same rows, chunks and"
            + " compression must be identical. Prints a table, fastest first, and writes it as"
            + " CSV and as an SVG chart. Use a BAM of at least a million records: the JVM is"
            + " still warming up in the first seconds.",
    footer = {
      "",
      "Exit code 1 if any output was wrong.",
      "",
      "Examples:",
      "  bamarrow bench sweep in.bam",
      "  bamarrow bench sweep --grid wide --runs 3 -@ 16 --out results in.bam"
    })
final class BenchSweepCommand implements Callable<Integer> {
  /** The grids of {@link SweepSettings}. */
  enum Grid {
    small,
    wide
  }

  @Spec private CommandSpec spec;
  @Mixin private BenchArguments common;

  @Option(
      names = "--grid",
      paramLabel = "SIZE",
      defaultValue = "small",
      description = "small (up to 16 points) or wide (70 with two threads) (default: small).")
  private Grid grid;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "1",
      description = "Conversions per point; the median is reported (default: 1).")
  private int runs;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = ".",
      description =
          "Directory for sweep.csv and sweep.svg, created if missing (default: current"
              + " directory).")
  private Path out;

  @Option(names = "--force", description = "Replace an existing sweep.csv and sweep.svg.")
  private boolean force;

  @Parameters(paramLabel = "IN.bam", description = "Input BAM; must be a regular file.")
  private String bam;

  @Override
  public Integer call() throws IOException {
    int threads = common.threads();
    common.regularFile(bam);
    common.atLeastOne("--runs", runs);
    Path folder = common.folder();
    Files.createDirectories(out);
    List<SweepSettings> points =
        grid == Grid.wide ? SweepSettings.wide(threads) : SweepSettings.small(threads);
    // Opened first, so that existing files are reported before hours of measuring.
    try (NamedOutput csv = open("sweep.csv");
        NamedOutput svg = open("sweep.svg")) {
      List<SweepResult> results = run(points, folder);
      String title = Path.of(bam).getFileName() + ", JDK " + Runtime.version().feature();
      csv.stream().write(SweepTable.csv(results).getBytes(StandardCharsets.UTF_8));
      svg.stream().write(SweepTable.svg(results, title).getBytes(StandardCharsets.UTF_8));
      csv.commit(false);
      svg.commit(false);
      return results.stream().allMatch(result -> result.problem() == null) ? 0 : 1;
    }
  }

  private NamedOutput open(String file) throws IOException {
    return NamedOutput.open(out.resolve(file).toString(), force, List.of(bam));
  }

  private List<SweepResult> run(List<SweepSettings> points, Path folder) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    int[] done = {0};
    List<SweepResult> results =
        Sweep.run(
            bam,
            folder,
            runs,
            points,
            result -> {
              err.printf("%d of %d: %s%n", ++done[0], points.size(), result.settings());
              err.flush();
            });
    PrintWriter table = spec.commandLine().getOut();
    SweepTable.print(results, table);
    table.flush();
    return results;
  }
}
