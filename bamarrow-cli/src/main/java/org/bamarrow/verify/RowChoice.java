package org.bamarrow.verify;

import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartStore;

/** Chooses rows of Arrow data, batch by batch. */
public interface RowChoice {
  /** A directory of parts has been opened, of which parts without chosen rows may be left out. */
  default void opened(PartStore store, Manifest manifest) throws IOException {}

  /** Whether a part of the directory can have chosen rows; called once for each. */
  default boolean needs(Part part) throws IOException {
    return true;
  }

  /** A file has been opened, of which batches without chosen rows may be left out. */
  default void opened(IpcBatches file) throws IOException {}

  /** Whether all rows are chosen. */
  default boolean isAll() {
    return false;
  }

  /**
   * Moves to a batch, which does not change before the next call.
   *
   * @param batch its vectors
   * @param count number of its rows
   */
  void at(List<FieldVector> batch, int count) throws IOException;

  /** The first chosen row (0-based) of the batch that is not before {@code row}; -1: none. */
  int next(int row);

  /** A choice of all rows, for one thread. */
  static RowChoice all() {
    return new RowChoice() {
      private int rows;

      @Override
      public boolean isAll() {
        return true;
      }

      @Override
      public void at(List<FieldVector> batch, int count) {
        rows = count;
      }

      @Override
      public int next(int row) {
        return row < rows ? row : -1;
      }
    };
  }
}
