package org.bamarrow.internal.rewrite;

import java.io.IOException;
import org.bamarrow.internal.ipc.IpcOutput;
import org.bamarrow.internal.ipc.IpcSchema;

/** Where the record batches of rewritten data go: one output, or several one after another. */
public interface RewriteOutput {
  /** Is told the schema before the first call of {@link #next}. */
  void start(IpcSchema schema) throws IOException;

  /**
   * {@return the started output of the next batch} Called before each batch.
   *
   * @throws IOException if it cannot be opened
   */
  IpcOutput next() throws IOException;

  /** Everything has been written. */
  void finish() throws IOException;
}
