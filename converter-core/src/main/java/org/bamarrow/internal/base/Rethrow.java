package org.bamarrow.internal.base;

import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** Throws what another thread ran into on the thread that waited for it, with its own class. */
public final class Rethrow {
  private Rethrow() {}

  /**
   * Throws an error as it is; does nothing with null.
   *
   * @throws IllegalStateException if it is a checked exception other than {@link IOException},
   *     which none of our tasks throws
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
   * Throws why a task failed, as {@link #ifAny} does.
   *
   * @return never; so that a caller can write {@code throw Rethrow.causeOf(e)}
   */
  public static AssertionError causeOf(ExecutionException failed) throws IOException {
    ifAny(failed.getCause());
    return new AssertionError("a failed task has a cause", failed);
  }
}
