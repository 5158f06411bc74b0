package org.bamarrow.internal.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.ConvertSettings;
import org.bamarrow.convert.Execution;
import org.bamarrow.convert.IndexUse;
import org.bamarrow.convert.Strategy;
import org.bamarrow.internal.bgzf.FileEnd;
import org.bamarrow.internal.read.ReadStatistics;

/** Creates the report and checks that its counts are consistent. */
public final class Reports {
  private static final Path STATUS = Path.of("/proc/self/status");

  private Reports() {}

  /**
   * The counts of the output.
   *
   * @param directBytes bytes of them that were written with direct I/O
   */
  public record Written(long rows, long batches, long bytes, long directBytes) {}

  /**
   * Creates the report.
   *
   * @param name name of the output
   * @param parts number of files of the output; 0 for one file or stream
   * @param begin {@link System#nanoTime} at the start of the conversion
   * @throws IOException if rows were lost or duplicated, which is a bug in bamarrow
   */
  public static ConvertReport of(
      Conversion conversion,
      ReadStatistics read,
      Written output,
      String name,
      int parts,
      long begin)
      throws IOException {
    ConvertOptions options = conversion.options();
    long removed = read.removed().values().stream().mapToLong(Long::longValue).sum();
    if (read.rows() != output.rows() || read.rows() + removed != read.records()) {
      throw new IOException(
          String.format(
              "inconsistent counts: %d records read, %d removed, %d rows decoded, %d rows written; "
                  + "this is a bug in bamarrow, please report it",
              read.records(), removed, read.rows(), output.rows()));
    }
    Map<String, Double> seconds = new LinkedHashMap<>();
    read.seconds()
        .forEach((stage, value) -> seconds.put(stage.name().toLowerCase(Locale.ROOT), value));
    return new ConvertReport(
        conversion.inputs().stream().map(input -> input.source().name()).toList(),
        name,
        read.records(),
        read.rows(),
        read.records() - read.rows(),
        read.removed(),
        conversion.lists(),
        output.batches(),
        read.blocks(),
        read.bytesRead(),
        read.inflatedBytes(),
        output.bytes(),
        output.directBytes(),
        read.end() == FileEnd.MARKER,
        read.end().words(),
        read.qualitiesTakenAsMissing(),
        conversion.inputs().stream().map(input -> input.header().sam().sha256()).toList(),
        settings(conversion, parts),
        (System.nanoTime() - begin) / 1e9,
        seconds,
        peakMemory());
  }

  private static ConvertSettings settings(Conversion conversion, int parts) {
    ConvertOptions options = conversion.options();
    Strategy strategy = conversion.strategy();
    int segments =
        strategy == Strategy.SEGMENTS && parts == 0 ? SegmentPlan.of(conversion).size() : 0;
    int workers = conversion.workers();
    return new ConvertSettings(
        Execution.of(strategy),
        segments,
        segments > 0 ? Math.min(workers, segments) : workers,
        conversion.inflater(),
        options.machine().memoryBytes(),
        options.machine().readBytes(),
        options.output().writeBytes(),
        options.batches().rows(),
        options.batches().chunkBytes(),
        options.batches().inflatedBytes(),
        index(conversion),
        options.output().format(),
        options.output().compression(),
        parts,
        options.output().directIo());
  }

  private static IndexUse index(Conversion conversion) {
    if (!conversion.options().regions().filters()) {
      return IndexUse.NO_REGIONS;
    }
    return conversion.regions().usesIndex() ? IndexUse.USED : IndexUse.NOT_USED;
  }

  /** Peak resident memory in bytes; -1 on systems other than Linux. */
  private static long peakMemory() throws IOException {
    if (!Files.isReadable(STATUS)) {
      return -1;
    }
    List<String> lines = Files.readAllLines(STATUS);
    return lines.stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(-1);
  }
}
