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
import org.bamarrow.convert.Strategy;
import org.bamarrow.internal.bgzf.FileEnd;
import org.bamarrow.internal.read.ReadStatistics;

/** Makes the report and checks that its counts add up. */
public final class Reports {
  private static final Path STATUS = Path.of("/proc/self/status");

  private Reports() {}

  /**
   * What the output holds, as it counted itself.
   *
   * @param directBytes thereof written past the page cache
   */
  public record Written(long rows, long batches, long bytes, long directBytes) {}

  /**
   * @param name of the output
   * @param parts files of which the output consists; 0: it is one file or stream
   * @param begin {@link System#nanoTime} at the start of the conversion
   * @throws IOException if rows were lost or doubled on the way, which is a defect of bamarrow
   */
  public static ConvertReport of(
      Conversion conversion,
      ReadStatistics read,
      Written output,
      String name,
      int parts,
      long begin)
      throws IOException {
    ConvertOptions asked = conversion.options();
    boolean whole =
        !asked.rows().filters() && asked.rows().limit() < 0 && !asked.regions().filters();
    if (read.rows() != output.rows() || whole && read.rows() != read.records()) {
      throw new IOException(
          String.format(
              "the counts do not add up: %d records read, %d rows decoded, %d rows written; "
                  + "this is a defect of bamarrow, please report it",
              read.records(), read.rows(), output.rows()));
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

  private static Map<String, String> settings(Conversion conversion, int parts) {
    ConvertOptions options = conversion.options();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("strategy", conversion.strategy().name().toLowerCase(Locale.ROOT));
    int threads = conversion.workers();
    if (conversion.strategy() == Strategy.SEGMENTS && parts == 0) {
      int segments = SegmentPlan.of(conversion).size();
      settings.put("segments", String.valueOf(segments));
      threads = Math.min(threads, segments);
    }
    settings.put("threads", String.valueOf(threads));
    settings.put("inflater", conversion.inflater());
    settings.put("memory", String.valueOf(options.machine().memoryBytes()));
    settings.put("read-buffer", String.valueOf(options.machine().readBytes()));
    settings.put("write-buffer", String.valueOf(options.output().writeBytes()));
    settings.put("batch-rows", String.valueOf(options.batches().rows()));
    settings.put("chunk-bytes", String.valueOf(options.batches().chunkBytes()));
    settings.put("batch-bytes", String.valueOf(options.batches().inflatedBytes()));
    if (options.regions().filters()) {
      settings.put("index", conversion.regions().usesIndex() ? "used" : "not used");
    }
    settings.put("format", options.output().format().name().toLowerCase(Locale.ROOT));
    settings.put("compression", options.output().compression().name().toLowerCase(Locale.ROOT));
    if (parts > 0) {
      settings.put("parts", String.valueOf(parts));
    } else {
      settings.put("direct-io", options.output().directIo().name().toLowerCase(Locale.ROOT));
    }
    return settings;
  }

  /** Linux tells it; elsewhere it is not known. */
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
