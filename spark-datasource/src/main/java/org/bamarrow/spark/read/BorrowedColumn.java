package org.bamarrow.spark.read;

import org.apache.arrow.vector.ValueVector;
import org.apache.spark.sql.vectorized.ArrowColumnVector;

/**
 * A vector that Spark may read but not close, as it does with every batch it has done with: the
 * reader loads the next batch into the same vectors, and a closed struct has lost its fields.
 */
final class BorrowedColumn extends ArrowColumnVector {
  BorrowedColumn(ValueVector vector) {
    super(vector);
  }

  @Override
  public void close() {}
}
