package org.bamarrow.cli;

import java.io.PrintWriter;
import java.util.function.LongSupplier;
import org.bamarrow.convert.Progress;
import org.bamarrow.errors.Printable;

/** Shows progress, and prints warnings as lines on standard error. */
record StandardErrorProgress(Progress shown, PrintWriter err) implements Progress {
  /**
   * The progress of a conversion, with a bar if standard error is a terminal.
   *
   * @param notes null: nothing is shown
   */
  static Progress of(PrintWriter notes) {
    if (notes == null) {
      return Progress.NONE;
    }
    Progress bar = Terminals.standardError() ? new ProgressBarView() : Progress.NONE;
    return new StandardErrorProgress(bar, notes);
  }

  @Override
  public Watch watch(long totalBytes, LongSupplier bytesRead) {
    return shown.watch(totalBytes, bytesRead);
  }

  @Override
  public void warn(String message) {
    err.println("bamarrow: " + Printable.message(message));
  }
}
