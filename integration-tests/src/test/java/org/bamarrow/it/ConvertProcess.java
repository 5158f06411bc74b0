package org.bamarrow.it;

import java.io.IOException;
import java.util.List;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.io.BamFormatException;

/** A conversion in a JVM of its own, whose heap a test has bounded: source, target. */
final class ConvertProcess {
  /** Exit code for input that is refused. */
  static final int REFUSED = 3;

  private ConvertProcess() {}

  /** Prints rows and peak memory in bytes, or the error. */
  public static void main(String[] arguments) throws IOException {
    try {
      ConvertReport report =
          BamToArrow.convert(
              List.of(arguments[0]),
              arguments[1],
              ConvertOptions.defaults().withTags(Conversions.ALL_IN_MAP));
      System.out.println(report.rows() + " " + report.peakMemoryBytes());
    } catch (BamFormatException e) {
      System.out.println(e.getMessage());
      System.exit(REFUSED);
    }
  }
}
