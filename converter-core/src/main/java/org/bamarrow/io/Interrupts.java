package org.bamarrow.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Reports an interrupt as an {@link InterruptedIOException} with a message, and sets the thread's
 * interrupt flag again.
 */
public final class Interrupts {
  private Interrupts() {}

  /**
   * An interrupt as an error.
   *
   * @param message what was being done, without a full stop
   * @param cause the exception that the interrupt caused
   * @return the error to throw
   */
  public static InterruptedIOException interrupted(String message, Exception cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException interrupted = new InterruptedIOException(message);
    interrupted.initCause(cause);
    return interrupted;
  }

  /**
   * Before waiting for something that may be done already: an interrupt counts all the same, as
   * with every method that waits.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public static void check() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /**
   * {@return the error itself, or an {@link InterruptedIOException} with a message if a channel was
   * closed by an interrupt}
   *
   * @param message what was being done, without a full stop
   * @param error thrown by a channel
   */
  public static IOException orInterrupted(String message, IOException error) {
    return error instanceof ClosedByInterruptException ? interrupted(message, error) : error;
  }

  /**
   * Throws an error that an interrupt caused, where others are left to a later reader.
   *
   * @param message what was being done, without a full stop
   * @param failure of reading
   * @throws InterruptedIOException if the thread is interrupted, or was
   */
  public static void rethrow(String message, Exception failure) throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted() || isInterrupt(failure)) {
      throw interrupted(message, failure);
    }
  }

  private static boolean isInterrupt(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedException
          || cause instanceof ClosedByInterruptException
          || cause instanceof InterruptedIOException
              && !(cause instanceof SocketTimeoutException)) {
        return true;
      }
    }
    return false;
  }
}
