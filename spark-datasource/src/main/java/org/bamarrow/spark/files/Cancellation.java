package org.bamarrow.spark.files;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import org.bamarrow.io.Interrupts;

/**
 * Tells a query that is cancelled from a file that the driver cannot read, which is left to the
 * tasks: they tell why, or can read it.
 */
public final class Cancellation {
  private Cancellation() {}

  /**
   * Returns unless the thread was interrupted.
   *
   * @param failure of reading on the driver
   * @throws UncheckedIOException if the query is cancelled
   */
  public static void check(Exception failure) {
    try {
      Interrupts.rethrow("interrupted while files were examined", failure);
    } catch (InterruptedIOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
