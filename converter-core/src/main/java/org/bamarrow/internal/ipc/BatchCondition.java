package org.bamarrow.internal.ipc;

import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** A condition on the rows of a record batch. */
public interface BatchCondition {
  /**
   * {@return whether it is true for a row}
   *
   * @param batch the columns of the condition
   * @param rows number of rows of the batch
   */
  boolean hasRow(List<FieldVector> batch, int rows);
}
