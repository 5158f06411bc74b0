package org.bamarrow.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The results of a sweep as text, CSV and a chart. */
public final class SweepTable {
  private SweepTable() {}

  /** Prints one line per result, in the given order. */
  public static void print(List<SweepResult> results, PrintWriter out) {
    out.printf(
        "%7s %7s %6s %6s %6s %6s %9s %12s %8s %9s%n",
        "threads",
        "rows",
        "chunk",
        "read",
        "write",
        "codec",
        "seconds",
        "records/s",
        "in MB/s",
        "out MB");
    for (SweepResult result : results) {
      SweepSettings settings = result.settings();
      out.printf(
          Locale.ROOT,
          "%7d %7d %6s %6s %6s %6s %9.3f %12.0f %8.0f %9.1f%s%n",
          result.workers(),
          settings.rows(),
          SweepSettings.size(settings.chunkBytes()),
          SweepSettings.size(settings.readBytes()),
          SweepSettings.size(settings.writeBytes()),
          SweepSettings.word(settings.compression()),
          result.seconds(),
          result.recordsPerSecond(),
          result.bytesIn() / result.seconds() / 1e6,
          result.bytesOut() / 1e6,
          result.problem() == null ? "" : "  BROKEN: " + result.problem());
    }
  }

  /** RFC 4180, with a header; {@code problem} is empty if the output is correct. */
  public static String csv(List<SweepResult> results) {
    StringBuilder csv =
        new StringBuilder(
            "threads,workers,batch_rows,chunk_bytes,read_bytes,write_bytes,compression,seconds,"
                + "records_per_second,rows,bytes_in,bytes_out,problem\r\n");
    for (SweepResult result : results) {
      SweepSettings settings = result.settings();
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,%d,%d,%d,%d,%d,%s,%.6f,%.0f,%d,%d,%d,%s\r\n",
              settings.threads(),
              result.workers(),
              settings.rows(),
              settings.chunkBytes(),
              settings.readBytes(),
              settings.writeBytes(),
              SweepSettings.word(settings.compression()),
              result.seconds(),
              result.recordsPerSecond(),
              result.rows(),
              result.bytesIn(),
              result.bytesOut(),
              result.problem() == null ? "" : '"' + result.problem().replace("\"", "\"\"") + '"'));
    }
    return csv.toString();
  }

  /** A chart of records per second, as SVG. */
  public static String svg(List<SweepResult> results, String title) {
    BarChart chart = new BarChart(title, "million records/s");
    for (SweepResult result : results) {
      String label = result.settings() + (result.problem() == null ? "" : " BROKEN");
      chart.bar(label, result.recordsPerSecond() / 1e6, result.settings().threads());
    }
    return chart.svg();
  }
}
