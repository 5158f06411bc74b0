package org.bamarrow.internal.parts;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.bamarrow.internal.parts.PartWaves.Task;

/** Writes the parts of a job: on threads of this machine, or on a cluster. */
public interface PartExecutor extends Closeable {
  /**
   * Writes parts, in any order.
   *
   * @param wave the parts to write
   * @return for each task the result of the one attempt that counts, in the order of the tasks
   * @throws IOException if a part cannot be read or written
   */
  List<PartResult> write(List<Task> wave) throws IOException;

  /** Ends the work; after an error, none of its files should change any more. */
  @Override
  void close() throws IOException;
}
