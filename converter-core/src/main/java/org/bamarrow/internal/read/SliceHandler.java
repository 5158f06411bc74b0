package org.bamarrow.internal.read;

import java.io.IOException;
import org.bamarrow.internal.bam.RecordSlice;

/**
 * What one worker does with the records of its chunks. Called by that worker's thread alone, for
 * each chunk in this order: {@link #handle}, {@link #deliver}, {@link #complete}.
 */
public interface SliceHandler extends AutoCloseable {
  /** Decodes the records; other workers do the same at the same time. */
  void handle(RecordSlice slice) throws IOException;

  /** Hands over what was decoded; called in file order, one worker at a time. */
  default void deliver() throws IOException {}

  /** The rest that needs no order, such as a positional write. */
  default void complete() throws IOException {}

  /**
   * Rows so far whose QUAL begins with 0xff and goes on otherwise, which the handler gave as null;
   * asked for after the worker has ended.
   */
  default long qualitiesTakenAsMissing() {
    return 0;
  }

  /** Frees what the handler holds; called once, also after an error. */
  @Override
  default void close() {}
}
