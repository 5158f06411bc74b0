package org.bamarrow.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.internal.ipc.ScratchFolder;

/**
 * Converts a BAM with every point of a grid of settings and reads every output back with the reader
 * of Arrow; all outputs with the same shape must be identical.
 */
public final class Sweep {
  /** Writes the outputs; tests replace it with a faulty one. */
  interface Converter {
    ConvertReport convert(List<String> sources, String target, ConvertOptions options)
        throws IOException;
  }

  private final String bam;
  private final Path folder;
  private final int runs;
  private final Converter converter;
  private final Map<String, String> checksums = new HashMap<>();
  private long records;

  Sweep(String bam, Path folder, int runs, Converter converter) {
    this.bam = bam;
    this.folder = folder;
    this.runs = runs;
    this.converter = converter;
  }

  /**
   * @param folder where the outputs are written and deleted
   * @param runs conversions per point
   * @param progress receives the result of each point
   * @return the results, fastest first, failed ones last
   * @throws IOException if the BAM cannot be converted with default options
   */
  public static List<SweepResult> run(
      String bam, Path folder, int runs, List<SweepSettings> grid, Consumer<SweepResult> progress)
      throws IOException {
    return new Sweep(bam, folder, runs, BamToArrow::convert).run(grid, progress);
  }

  List<SweepResult> run(List<SweepSettings> grid, Consumer<SweepResult> progress)
      throws IOException {
    try (ScratchFolder scratch = ScratchFolder.in(folder, "bench-sweep-")) {
      Path target = scratch.path().resolve("out.arrow");
      // Warm-up at both ends of the grid; also gives the number of records.
      for (SweepSettings settings : List.of(grid.get(0), grid.get(grid.size() - 1))) {
        Files.deleteIfExists(target);
        records = BamToArrow.convert(List.of(bam), target.toString(), settings.options()).records();
      }
      List<SweepResult> results = new ArrayList<>();
      for (SweepSettings settings : grid) {
        SweepResult result = measure(settings, target);
        results.add(result);
        progress.accept(result);
      }
      results.sort(Comparator.comparingDouble(SweepResult::recordsPerSecond).reversed());
      return results;
    }
  }

  private SweepResult measure(SweepSettings settings, Path target) throws IOException {
    List<Double> seconds = new ArrayList<>();
    int workers = 0;
    long rows = 0;
    String problem = null;
    for (int run = 0; run < runs && problem == null; run++) {
      Files.deleteIfExists(target);
      long begin = System.nanoTime();
      ConvertReport report = converter.convert(List.of(bam), target.toString(), settings.options());
      seconds.add((System.nanoTime() - begin) / 1e9);
      workers = report.settings().threads();
      try {
        rows = ArrowFiles.rowsByReader(target);
        problem = problem(settings, rows, target);
      } catch (IOException e) {
        problem = e.getMessage();
      }
    }
    long bytesOut = Files.size(target);
    return new SweepResult(
        settings, workers, Median.of(seconds), rows, Files.size(Path.of(bam)), bytesOut, problem);
  }

  private String problem(SweepSettings settings, long rows, Path target) throws IOException {
    if (rows != records) {
      return "the output has " + rows + " rows, expected " + records;
    }
    String checksum = ArrowFiles.checksum(target);
    String first = checksums.putIfAbsent(settings.shape(), checksum);
    return first == null || first.equals(checksum)
        ? null
        : "the output differs from an earlier one with " + settings.shape();
  }
}
