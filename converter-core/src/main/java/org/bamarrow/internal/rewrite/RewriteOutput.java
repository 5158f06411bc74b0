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

  /**
   * {@return whether rows from here on belong to another part}
   *
   * @param share of the bytes of the input that are before these rows, 0 to 1
   */
  default boolean isNextPart(double share) {
    return false;
  }

  /** Starts another part, after all batches of the one before. */
  default void nextPart(double share) throws IOException {}

  /** Everything has been written. */
  void finish() throws IOException;
}
