package org.bamarrow.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bamarrow.BamToArrow;
import org.bamarrow.bench.RooflineReport.Timing;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.Inflater;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.internal.bgzf.Inflaters;
import org.bamarrow.internal.engine.Conversion;
import org.bamarrow.internal.ipc.ScratchFolder;
import org.bamarrow.internal.read.RecordPipeline;
import org.bamarrow.internal.read.SliceHandler;
import org.bamarrow.io.ByteSources;

/**
 * Runs the conversion of all core columns and its limit alternately in this process, so that noise
 * affects both; the order is reversed in every round. For one use.
 */
public final class Roofline {
  /** The tasks, in the order of the first round, which determines the output size of the limit. */
  private enum Task {
    CONVERT,
    COUNT,
    LIMIT,
    INFLATE
  }

  private final String bam;
  private final ConvertOptions options;
  private final int chunkBytes;
  private final boolean cold;
  private final Path target;
  private ConvertReport converted;
  private Limit.Result inflated;

  /**
   * @param threads workers of all tasks
   * @param inflater of the conversion and the limit
   * @param chunkBytes compressed bytes per read of the limit; small chunks stay in the cache
   * @param folder where the outputs are written and deleted
   * @param cold evict the input from the page cache before each run
   */
  public record Plan(
      int threads, Inflater inflater, int runs, int chunkBytes, Path folder, boolean cold) {}

  private Roofline(String bam, Plan plan, Path target) {
    this.bam = bam;
    this.options = MachineSettings.with(plan.threads, plan.inflater).withTags(TagOptions.NONE);
    this.chunkBytes = plan.chunkBytes;
    this.cold = plan.cold;
    this.target = target;
  }

  /**
   * @throws IOException if a file cannot be read or written, or the rows of a conversion differ
   *     from the records counted
   */
  public static RooflineReport run(String bam, Plan plan) throws IOException {
    try (ScratchFolder scratch = ScratchFolder.in(plan.folder, "bench-roofline-")) {
      return new Roofline(bam, plan, scratch.path().resolve("out.arrow")).run(plan.runs);
    }
  }

  private RooflineReport run(int runs) throws IOException {
    Map<Task, Double> first = new EnumMap<>(Task.class);
    Map<Task, List<Double>> seconds = new EnumMap<>(Task.class);
    for (Task task : Task.values()) {
      first.put(task, measure(task));
      seconds.put(task, new ArrayList<>());
    }
    List<Task> order = new ArrayList<>(List.of(Task.values()));
    for (int round = 0; round < runs; round++) {
      Collections.reverse(order);
      for (Task task : order) {
        seconds.get(task).add(measure(task));
      }
    }
    Map<Task, Timing> timings = new EnumMap<>(Task.class);
    first.forEach((task, value) -> timings.put(task, new Timing(value, seconds.get(task))));
    return new RooflineReport(
        Path.of(bam).getFileName().toString(),
        Files.size(Path.of(bam)),
        inflated.inflatedBytes(),
        converted.bytesOut(),
        converted.records(),
        workers(),
        converted.settings().inflater(),
        Runtime.version().toString(),
        cold,
        timings.get(Task.CONVERT),
        timings.get(Task.LIMIT),
        timings.get(Task.COUNT),
        timings.get(Task.INFLATE));
  }

  private double measure(Task task) throws IOException {
    Files.deleteIfExists(target);
    if (cold) {
      PageCache.drop(bam);
    }
    return switch (task) {
      case CONVERT -> convert();
      case COUNT -> count();
      case LIMIT -> limit(target, converted.bytesOut()).seconds();
      case INFLATE -> {
        inflated = limit(null, 0);
        yield inflated.seconds();
      }
    };
  }

  private Limit.Result limit(Path out, long outBytes) throws IOException {
    return Limit.run(
        bam, workers(), Inflaters.choose(options.machine().inflater()), chunkBytes, out, outBytes);
  }

  private double convert() throws IOException {
    long begin = System.nanoTime();
    converted = BamToArrow.convert(List.of(bam), target.toString(), options);
    double seconds = (System.nanoTime() - begin) / 1e9;
    requireEqual("the Arrow file's rows", ArrowFiles.rowsByFooter(target));
    return seconds;
  }

  private double count() throws IOException {
    long begin = System.nanoTime();
    long rows;
    try (Conversion conversion = new Conversion(List.of(ByteSources.open(bam)), options);
        RecordPipeline reader =
            conversion.newPipeline(
                Collections.nCopies(conversion.workers(), (SliceHandler) slice -> {}))) {
      reader.start(() -> {});
      reader.await();
      rows = reader.statistics().rows();
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    requireEqual("the records counted", rows);
    return seconds;
  }

  private void requireEqual(String what, long rows) throws IOException {
    if (rows != converted.records()) {
      throw new IOException(
          bam + ": " + what + " are " + rows + ", expected " + converted.records());
    }
  }

  private int workers() {
    return converted.settings().threads();
  }
}
