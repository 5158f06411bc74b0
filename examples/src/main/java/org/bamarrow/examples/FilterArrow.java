package org.bamarrow.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bamarrow.ArrowToArrow;
import org.bamarrow.convert.ArrowOptions;
import org.bamarrow.convert.ArrowReport;
import org.bamarrow.convert.Progress;
import org.bamarrow.convert.RowOptions;

/** Keeps some rows and columns of converted reads: places with a mapping quality of 30 or more. */
public final class FilterArrow {
  private FilterArrow() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: FilterArrow IN.arrow OUT.arrow");
      System.exit(2);
    }
    ArrowReport report = filter(Path.of(args[0]), args[1]);
    System.out.printf("%d of %d rows%n", report.rows(), report.rowsRead());
  }

  static ArrowReport filter(Path arrow, String target) throws IOException {
    ArrowOptions options =
        ArrowOptions.defaults()
            .withColumns(List.of("rname", "pos", "end"))
            .withRows(RowOptions.defaults().withMinMapq(30));
    return ArrowToArrow.convert(arrow, target, options, Progress.NONE);
  }
}
