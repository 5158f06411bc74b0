package org.bamarrow.spark.read;

import org.apache.arrow.vector.ValueVector;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A column of a batch that Spark may read and nothing else.
 *
 * <p>Who owns a batch: the {@link ColumnarReader} owns its vectors and their memory from its
 * construction to its close. It lends them to Spark for as long as a batch is the current one:
 * until the next call of {@code next()} or {@code close()}, which load other rows into the same
 * vectors or free them. What shall live longer, Spark copies, as it does with its own readers'
 * vectors. Therefore
 *
 * <ul>
 *   <li>closing a column, as Spark does with every batch it has done with, does nothing: the reader
 *       needs the vectors again, and a closed struct has lost its fields;
 *   <li>this is no {@link ArrowColumnVector} but has one. From 4.2 on, Spark takes the Arrow
 *       vectors out of such columns, keeps batch upon batch while Python works on them, and closes
 *       them: that is for those who give their batches away. Anything else it reads through the
 *       methods below.
 * </ul>
 *
 * The one class of columns of all readers, so that the calls of Spark's generated code have one
 * target.
 */
final class ReaderOwnedColumn extends ColumnVector {
  private final ArrowColumnVector vector;

  /** Asked once a batch: Spark asks about every value, and most columns have none. */
  private final boolean hasNull;

  /**
   * @param vector stays the reader's; holds the rows of the batch already
   */
  ReaderOwnedColumn(ValueVector vector) {
    this(new ArrowColumnVector(vector));
  }

  private ReaderOwnedColumn(ArrowColumnVector vector) {
    super(vector.dataType());
    this.vector = vector;
    this.hasNull = vector.hasNull();
  }

  @Override
  public void close() {}

  @Override
  public boolean hasNull() {
    return hasNull;
  }

  @Override
  public int numNulls() {
    return vector.numNulls();
  }

  @Override
  public boolean isNullAt(int row) {
    return hasNull && vector.isNullAt(row);
  }

  @Override
  public boolean getBoolean(int row) {
    return vector.getBoolean(row);
  }

  @Override
  public byte getByte(int row) {
    return vector.getByte(row);
  }

  @Override
  public short getShort(int row) {
    return vector.getShort(row);
  }

  @Override
  public int getInt(int row) {
    return vector.getInt(row);
  }

  @Override
  public long getLong(int row) {
    return vector.getLong(row);
  }

  @Override
  public float getFloat(int row) {
    return vector.getFloat(row);
  }

  @Override
  public double getDouble(int row) {
    return vector.getDouble(row);
  }

  @Override
  public Decimal getDecimal(int row, int precision, int scale) {
    return vector.getDecimal(row, precision, scale);
  }

  @Override
  public UTF8String getUTF8String(int row) {
    return vector.getUTF8String(row);
  }

  @Override
  public byte[] getBinary(int row) {
    return vector.getBinary(row);
  }

  @Override
  public CalendarInterval getInterval(int row) {
    return vector.getInterval(row);
  }

  @Override
  public ColumnarArray getArray(int row) {
    return vector.getArray(row);
  }

  @Override
  public ColumnarMap getMap(int row) {
    return vector.getMap(row);
  }

  /** The fields of a struct are lent as the struct is. */
  @Override
  public ColumnVector getChild(int ordinal) {
    return vector.getChild(ordinal);
  }
}
