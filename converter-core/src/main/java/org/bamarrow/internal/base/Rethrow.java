package org.bamarrow.internal.base;

import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** Rethrows errors of other threads on the waiting thread, with their own class. */
public final class Rethrow {
  private Rethrow() {}

  /**
   * Throws the error unwrapped; does nothing if it is null.
   *
   * @throws IllegalStateException if it is a checked exception other than {@link IOException},
   *     which no task throws
   */
  public static void ifAny(Throwable error) throws IOException {
    if (error instanceof IOException e) {
      throw e;
    }
    if (error instanceof RuntimeException e) {
      throw e;
    }
    if (error instanceof Error e) {
      throw e;
    }
    if (error != null) {
      throw new IllegalStateException(error);
    }
  }

  /**
   * Throws the cause of a failed task, as {@link #ifAny} does.
   *
   * @return never returns; declared so that a caller can write {@code throw Rethrow.causeOf(e)}
   */
  public static AssertionError causeOf(ExecutionException failed) throws IOException {
    ifAny(failed.getCause());
    return new AssertionError("a failed task has a cause", failed);
  }
}
