package org.bamarrow.io;

import java.io.IOException;
import java.io.InterruptedIOException;
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
}
