package org.bamarrow.spark.read;

import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.spark.sql.types.CalendarIntervalType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A column of a batch that Spark may only read.
 *
 * <p>The {@link ColumnarReader} owns the vectors and their memory from its construction to its
 * close. Spark may use them while a batch is the current one: until the next call of {@code next()}
 * or {@code close()}, which load other rows into the same vectors or free them. Spark copies what
 * it needs longer, as with the vectors of its own readers. Therefore
 *
 * <ul>
 *   <li>closing a column, as Spark does after every batch, has no effect: the reader needs the
 *       vectors again, and a closed struct loses its fields;
 *   <li>this class wraps an {@link ArrowColumnVector} and is not a subclass. From 4.2 on, Spark
 *       takes the Arrow vectors out of such columns, keeps several batches while Python processes
 *       them, and closes them, which requires readers that hand over ownership. Other columns are
 *       read through the methods below.
 * </ul>
 *
 * All readers use this class (and subclasses only for intervals, and for structs of files that lack
 * fields), so that the calls in Spark's generated code are monomorphic, but for a {@link
 * SelectedColumn} around it where a condition rejects rows.
 */
class ReaderOwnedColumn extends ColumnVector {
  final ArrowColumnVector vector;

  /**
   * Computed once per batch: Spark calls isNullAt for every value, and most columns have no nulls.
   */
  private final boolean hasNull;

  /**
   * @param vector owned by the reader; loaded with the rows of the batch
   */
  static ColumnVector of(ValueVector vector) {
    ArrowColumnVector column = new ArrowColumnVector(vector);
    return column.dataType() instanceof CalendarIntervalType
        ? IntervalColumn.of(column)
        : new ReaderOwnedColumn(column);
  }

  /**
   * As {@link #of(ValueVector)}, for a column of another type: a struct that lacks some fields of
   * the type, or has others or another order. Missing fields are null.
   */
  static ColumnVector of(ValueVector vector, DataType type) {
    return type instanceof StructType struct && ProjectedStruct.isNeeded(vector, struct)
        ? new ProjectedStruct((StructVector) vector, struct)
        : of(vector);
  }

  /** A column or field that the file lacks: needs no memory. */
  static ColumnVector ofNulls(DataType type, int rows) {
    NullVector nulls = new NullVector("");
    nulls.setValueCount(rows);
    return new ReaderOwnedColumn(new ArrowColumnVector(nulls), type);
  }

  ReaderOwnedColumn(ArrowColumnVector vector) {
    this(vector, vector.dataType());
  }

  ReaderOwnedColumn(ArrowColumnVector vector, DataType type) {
    super(type);
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
  public ColumnarArray getArray(int row) {
    return vector.getArray(row);
  }

  @Override
  public ColumnarMap getMap(int row) {
    return vector.getMap(row);
  }

  /** The fields of a struct are owned by the reader, too. */
  @Override
  public ColumnVector getChild(int ordinal) {
    return vector.getChild(ordinal);
  }
}
