package org.bamarrow.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.bamarrow.convert.ArrowReport;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.ListMatch;
import org.bamarrow.errors.Printable;

/** The report of a conversion as text. */
final class ReportText {
  private ReportText() {}

  /**
   * @param wordy with header digests, the time of each stage and every setting
   */
  static void print(ConvertReport report, boolean wordy, PrintWriter out) {
    line(out, "%s", report.output().equals("-") ? "standard output" : report.output());
    line(
        out,
        "  rows       %,d of %,d records%s, in %,d batches",
        report.rows(),
        report.records(),
        report.filtered() == 0
            ? ""
            : String.format(Locale.ROOT, " (%,d filtered out)", report.filtered()),
        report.batches());
    if (report.filtered() > 0) {
      line(out, "  removed    %s", removed(report.removed()));
    }
    if (!report.lists().isEmpty()) {
      line(out, "  found      %s", found(report.lists()));
    }
    if (report.settings().parts() > 0) {
      line(out, "  parts      %d", report.settings().parts());
    }
    line(
        out,
        "  bytes      %s in (%,d blocks), %s inflated, %s out%s",
        bytes(report.bytesIn()),
        report.blocks(),
        bytes(report.bytesInflated()),
        bytes(report.bytesOut()),
        report.bytesDirect() == 0
            ? ""
            : ", " + bytes(report.bytesDirect()) + " of them with direct I/O");
    if (report.qualitiesTakenAsMissing() > 0) {
      line(
          out,
          "  qual       null in %,d rows whose qualities start with 0xff (missing) but go on",
          report.qualitiesTakenAsMissing());
    }
    line(
        out,
        "  end marker %s",
        report.endMarkerSeen() ? "found" : "not found, the file ends with " + report.fileEnd());
    line(
        out,
        "  time       %.2f s, %,.0f records/s with %d thread(s)%s, %s",
        report.wallSeconds(),
        report.recordsPerSecond(),
        report.settings().threads(),
        segments(report),
        report.settings().inflater());
    if (report.peakMemoryBytes() >= 0) {
      line(out, "  memory     %s (peak)", bytes(report.peakMemoryBytes()));
    }
    if (wordy) {
      for (int i = 0; i < report.inputs().size(); i++) {
        String digest = report.headerDigests().get(i);
        line(out, "  input      %s, header sha256 %s", report.inputs().get(i), digest);
      }
      report.stageSeconds().forEach((stage, s) -> line(out, "  cpu        %-8s %.3f s", stage, s));
      report
          .settings()
          .asText()
          .forEach((name, value) -> line(out, "  setting    --%s %s", name, value));
    }
    out.flush();
  }

  /** The report of a conversion of Arrow data. */
  static void print(ArrowReport report, PrintWriter out) {
    line(out, "%s", report.output().equals("-") ? "standard output" : report.output());
    long removed = report.removed().values().stream().mapToLong(Long::longValue).sum();
    line(
        out,
        "  rows       %,d of %,d read%s%s, in %,d batches (%,d copied as they are)",
        report.rows(),
        report.rowsRead(),
        removed == 0 ? "" : String.format(Locale.ROOT, " (%,d filtered out)", removed),
        report.rowsLeftOut() == 0
            ? ""
            : String.format(Locale.ROOT, " and %,d left out by statistics", report.rowsLeftOut()),
        report.batches(),
        report.batchesCopied());
    if (removed > 0) {
      line(out, "  removed    %s", removed(report.removed()));
    }
    if (!report.lists().isEmpty()) {
      line(out, "  found      %s", found(report.lists()));
    }
    if (report.parts() > 0) {
      line(out, "  parts      %d", report.parts());
    }
    line(out, "  bytes      %s read, %s out", bytes(report.bytesIn()), bytes(report.bytesOut()));
    line(out, "  time       %.2f s", report.wallSeconds());
    out.flush();
  }

  /** Each filter by the option that users know it by. */
  private static String removed(Map<String, Long> removed) {
    Map<String, String> words =
        Map.of(
            "regions", "regions",
            "expressions", "filter expressions",
            "minMapq", "-q",
            "requireFlags", "-f",
            "excludeFlags", "-F",
            "excludeAllFlags", "-G",
            "fraction", "subsampling",
            "readGroups", "read groups",
            "tag", "tag",
            "names", "names");
    return removed.entrySet().stream()
        .map(
            filter ->
                String.format(
                    Locale.ROOT, "%,d by %s", filter.getValue(), words.get(filter.getKey())))
        .collect(Collectors.joining(", "));
  }

  private static String found(Map<String, ListMatch> lists) {
    Map<String, String> words =
        Map.of(
            "readGroups", "read groups",
            "tag", "tag",
            "tagValues", "tag values",
            "names", "names",
            "bedReferences", "references of the BED");
    return lists.entrySet().stream()
        .map(
            list -> {
              ListMatch match = list.getValue();
              String found =
                  match.found() < 0 ? "some" : String.format(Locale.ROOT, "%,d", match.found());
              return String.format(
                  Locale.ROOT, "%s of %,d %s", found, match.listed(), words.get(list.getKey()));
            })
        .collect(Collectors.joining(", "));
  }

  private static String segments(ConvertReport report) {
    int segments = report.settings().segments();
    return segments == 0 ? "" : ", " + segments + " segment(s)";
  }

  private static void line(PrintWriter out, String format, Object... values) {
    out.println(Printable.message(String.format(Locale.ROOT, format, values)));
  }

  /** A size with three digits, in powers of 1000. */
  static String bytes(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB"};
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    String format =
        unit == 0 || value >= 99.95 ? "%.0f %s" : value >= 9.995 ? "%.1f %s" : "%.2f %s";
    return String.format(Locale.ROOT, format, value, units[unit]);
  }
}
