package org.bamarrow.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * A conversion compared with the limit of the machine, in seconds, measured in one process.
 *
 * @param threads number of workers, limited by memory
 * @param cold whether the input was evicted from the page cache before each run
 * @param convert conversion of the core columns to an Arrow file
 * @param limit inflate, check, write the same number of bytes
 * @param count records counted
 * @param inflate inflate and check only
 */
public record RooflineReport(
    String file,
    long bytes,
    long inflatedBytes,
    long outputBytes,
    long records,
    int threads,
    String inflater,
    String java,
    boolean cold,
    Timing convert,
    Timing limit,
    Timing count,
    Timing inflate) {

  /**
   * Seconds of one task.
   *
   * @param first the first round, which warms the JVM and is not counted
   * @param runs the measured rounds
   */
  public record Timing(double first, List<Double> runs) {
    public double median() {
      return Median.of(runs);
    }
  }

  /** Speed of the conversion relative to its limit; 1 is the limit. */
  double convertOfLimit() {
    return limit.median() / convert.median();
  }

  double countOfInflate() {
    return inflate.median() / count.median();
  }

  /** Prints a table. */
  public void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: %d records, %d bytes, %d inflated, %d of Arrow; %d threads, inflater %s, JDK %s, %s"
            + " page cache%n",
        file,
        records,
        bytes,
        inflatedBytes,
        outputBytes,
        threads,
        inflater,
        java,
        cold ? "cold" : "warm");
    out.printf(
        "%-36s %9s %9s %9s %9s %12s%n",
        "", "first s", "median s", "in MB/s", "inf. MB/s", "records/s");
    line(out, "limit: inflate, check, write", limit);
    line(out, "convert", convert);
    line(out, "limit: inflate, check", inflate);
    line(out, "count", count);
    out.printf(
        Locale.ROOT,
        "convert reaches %.3f of its limit, count %.3f of inflate-only (medians of %d"
            + " rounds; the first round warms the JVM and is not counted)%n",
        convertOfLimit(),
        countOfInflate(),
        convert.runs.size());
    out.flush();
  }

  private void line(PrintWriter out, String name, Timing timing) {
    double seconds = timing.median();
    out.printf(
        Locale.ROOT,
        "%-36s %9.3f %9.3f %9.0f %9.0f %12.0f%n",
        name,
        timing.first,
        seconds,
        bytes / seconds / 1e6,
        inflatedBytes / seconds / 1e6,
        records / seconds);
  }
}
