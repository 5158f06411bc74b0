package org.bamarrow.spark.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;

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
    boolean interrupted = Thread.currentThread().isInterrupted();
    for (Throwable cause = failure; cause != null && !interrupted; cause = cause.getCause()) {
      interrupted =
          cause instanceof InterruptedException
              || cause instanceof ClosedByInterruptException
              || cause instanceof InterruptedIOException
                  && !(cause instanceof SocketTimeoutException);
    }
    if (interrupted) {
      IOException cancelled = new InterruptedIOException("interrupted while files were examined");
      cancelled.initCause(failure);
      throw new UncheckedIOException(cancelled.getMessage(), cancelled);
    }
  }
}
