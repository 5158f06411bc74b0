package org.bamarrow.spark.read;

import java.util.Arrays;
import org.apache.spark.sql.types.CalendarIntervalType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.apache.spark.unsafe.types.UTF8String;
import org.bamarrow.internal.filter.RowSelection;

/**
 * Some rows of a column, without a copy: of the rows that a condition rejects, no value is read.
 * The owner is that of the column.
 */
class SelectedColumn extends ColumnVector {
  private final ColumnVector column;

  /** For each row of this column the row of the other. */
  private final int[] rows;

  /** The fields of a struct that Spark has asked for, which it does again for every row. */
  private ColumnVector[] fields = {};

  private SelectedColumn(ColumnVector column, int[] rows) {
    super(column.dataType());
    this.column = column;
    this.rows = rows;
  }

  /** A batch with some rows of another. */
  static ColumnarBatch select(ColumnarBatch batch, RowSelection selection) {
    int[] rows = new int[selection.size()];
    int count = 0;
    for (int row = selection.next(0); row >= 0; row = selection.next(row + 1)) {
      rows[count++] = row;
    }
    ColumnVector[] columns = new ColumnVector[batch.numCols()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = of(batch.column(i), rows);
    }
    return new ColumnarBatch(columns, count);
  }

  private static ColumnVector of(ColumnVector column, int[] rows) {
    return column.dataType() instanceof CalendarIntervalType
        ? Intervals.of(column, rows)
        : new SelectedColumn(column, rows);
  }

  @Override
  public void close() {}

  @Override
  public boolean hasNull() {
    return column.hasNull();
  }

  @Override
  public int numNulls() {
    int nulls = 0;
    for (int i = 0; i < rows.length && column.hasNull(); i++) {
      nulls += isNullAt(i) ? 1 : 0;
    }
    return nulls;
  }

  @Override
  public boolean isNullAt(int row) {
    return column.isNullAt(rows[row]);
  }

  @Override
  public boolean getBoolean(int row) {
    return column.getBoolean(rows[row]);
  }

  @Override
  public byte getByte(int row) {
    return column.getByte(rows[row]);
  }

  @Override
  public short getShort(int row) {
    return column.getShort(rows[row]);
  }

  @Override
  public int getInt(int row) {
    return column.getInt(rows[row]);
  }

  @Override
  public long getLong(int row) {
    return column.getLong(rows[row]);
  }

  @Override
  public float getFloat(int row) {
    return column.getFloat(rows[row]);
  }

  @Override
  public double getDouble(int row) {
    return column.getDouble(rows[row]);
  }

  @Override
  public Decimal getDecimal(int row, int precision, int scale) {
    return column.getDecimal(rows[row], precision, scale);
  }

  @Override
  public UTF8String getUTF8String(int row) {
    return column.getUTF8String(rows[row]);
  }

  @Override
  public byte[] getBinary(int row) {
    return column.getBinary(rows[row]);
  }

  @Override
  public ColumnarArray getArray(int row) {
    return column.getArray(rows[row]);
  }

  @Override
  public ColumnarMap getMap(int row) {
    return column.getMap(rows[row]);
  }

  /** The fields of a struct have its rows. */
  @Override
  public ColumnVector getChild(int ordinal) {
    if (ordinal >= fields.length) {
      fields = Arrays.copyOf(fields, ordinal + 1);
    }
    if (fields[ordinal] == null) {
      fields[ordinal] = of(column.getChild(ordinal), rows);
    }
    return fields[ordinal];
  }

  /** As {@link IntervalColumn}: not loaded in Spark 3.5, where the method is final. */
  private static final class Intervals extends SelectedColumn {
    private final ColumnVector column;
    private final int[] rows;

    private Intervals(ColumnVector column, int[] rows) {
      super(column, rows);
      this.column = column;
      this.rows = rows;
    }

    static ColumnVector of(ColumnVector column, int[] rows) {
      return new Intervals(column, rows);
    }

    @Override
    public CalendarInterval getInterval(int row) {
      return column.getInterval(rows[row]);
    }
  }
}
