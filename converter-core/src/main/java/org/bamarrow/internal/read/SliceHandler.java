package org.bamarrow.internal.read;

import java.io.IOException;
import org.bamarrow.internal.bam.RecordSlice;

/**
 * Processes the records of one worker's chunks. Called on that worker's thread only, for each chunk
 * in this order: {@link #handle}, {@link #deliver}, {@link #complete}.
 */
public interface SliceHandler extends AutoCloseable {
  /** Decodes the records; runs concurrently with other workers. */
  void handle(RecordSlice slice) throws IOException;

  /** Delivers the decoded records; called in file order, one worker at a time. */
  default void deliver() throws IOException {}

  /** Work after the delivery that needs no order, such as a positional write. */
  default void complete() throws IOException {}

  /**
   * Rows so far whose QUAL starts with 0xff but has other values, which the handler decoded as
   * null. Called after the worker has ended.
   */
  default long qualitiesTakenAsMissing() {
    return 0;
  }

  /** Frees the memory of the handler; called once, also after an error. */
  @Override
  default void close() {}
}
