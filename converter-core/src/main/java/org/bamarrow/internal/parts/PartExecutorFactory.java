package org.bamarrow.internal.parts;

import java.io.IOException;

/** Creates the executor of a job, once its parts are planned. */
public interface PartExecutorFactory {
  /**
   * {@return the executor of a job}
   *
   * @param job stays the caller's, and open for as long as the executor
   * @throws IOException if it cannot be made
   */
  PartExecutor create(PartsJob job) throws IOException;
}
