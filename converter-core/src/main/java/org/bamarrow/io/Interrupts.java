package org.bamarrow.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * An interrupt as the whole library tells of it: an {@link InterruptedIOException} with a sentence,
 * and the thread's interrupt flag is set.
 */
public final class Interrupts {
  private Interrupts() {}

  /**
   * An interrupt as an error.
   *
   * @param sentence what was being done, without a full stop
   * @param cause what the interrupt showed as
   * @return the error to throw
   */
  public static InterruptedIOException told(String sentence, Exception cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException told = new InterruptedIOException(sentence);
    told.initCause(cause);
    return told;
  }

  /**
   * {@return what a channel threw, which tells of an interrupt by an exception without a message}
   *
   * @param sentence what was being done, without a full stop
   * @param error of reading or writing
   */
  public static IOException toldIfInterrupted(String sentence, IOException error) {
    return error instanceof ClosedByInterruptException ? told(sentence, error) : error;
  }
}
