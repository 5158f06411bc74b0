package org.bamarrow.spark.read;

import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.CalendarInterval;

/**
 * A column of intervals of months, days and microseconds. In Spark 3.5, {@code getInterval} is
 * final and there is no such column; this class is not loaded there.
 */
final class IntervalColumn extends ReaderOwnedColumn {
  private IntervalColumn(ArrowColumnVector vector) {
    super(vector);
  }

  /** The type of the result keeps the JVM from loading this class to verify the caller. */
  static ColumnVector of(ArrowColumnVector vector) {
    return new IntervalColumn(vector);
  }

  @Override
  public CalendarInterval getInterval(int row) {
    return vector.getInterval(row);
  }
}
