package org.bamarrow.internal.ipc;

import org.apache.arrow.vector.VectorSchemaRoot;

/** A condition on the rows of a record batch. */
public interface BatchCondition {
  /**
   * {@return whether it is true for a row}
   *
   * @param batch the columns of the condition
   */
  boolean hasRow(VectorSchemaRoot batch);
}
