package org.bamarrow.internal.rewrite;

import java.io.IOException;
import org.bamarrow.internal.ipc.IpcOutput;
import org.bamarrow.internal.ipc.IpcSchema;

/**
 * Where the record batches of rewritten data go: one output, or several one after another. Used by
 * one thread at a time.
 */
public interface RewriteOutput {
  /** Is told the schema before the first call of {@link #next}. */
  void start(IpcSchema schema) throws IOException;

  /**
   * {@return the started output of the next batch} Called before each batch.
   *
   * @throws IOException if it cannot be opened
   */
  IpcOutput next() throws IOException;

  /**
   * {@return the 0-based number of the part to which rows belong, which never decreases} Called on
   * any thread.
   *
   * @param share of the bytes of the input that are before these rows, 0 to 1
   */
  default int part(double share) {
    return 0;
  }

  /** Ends the current part, after all of its batches. */
  default void endPart() throws IOException {}

  /** Everything has been written. */
  void finish() throws IOException;
}
