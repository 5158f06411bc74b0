package org.bamarrow.internal.parts;

import java.io.IOException;

/** Creates the executor of a job, once its parts are planned. */
public interface PartExecutorFactory {
  /**
   * Creates the executor.
   *
   * @param job stays the caller's, and open for as long as the executor
   */
  PartExecutor create(PartsJob job) throws IOException;
}
