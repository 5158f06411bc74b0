package org.bamarrow.internal.filter;

import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.bamarrow.internal.zone.ColumnZone;

/**
 * Reads columns of record batches; the values are those that {@link RawIntegers} reads from the
 * records. A column that the batches lack is null in every row. Allocates nothing per row; for one
 * thread.
 */
public final class VectorFields {
  private final VectorCompiler compiler = new VectorCompiler();
  private final VectorColumn[] columns;
  private final RowSelection all = new RowSelection();

  public VectorFields(List<RawField> fields) {
    columns = fields.stream().map(compiler::column).toArray(VectorColumn[]::new);
  }

  /** The names of the columns, a tag as {@code tags.NM}. */
  public List<String> names() {
    return compiler.fields();
  }

  /**
   * Moves to a batch.
   *
   * @param batch with normalized types, as {@code IpcBatches} returns it
   * @param rows those to read; null: all
   * @return the rows to read, valid until the next call
   * @throws IllegalArgumentException if a column has a type that its kind does not allow
   */
  public RowSelection bind(VectorSchemaRoot batch, RowSelection rows) {
    compiler.bind(batch.getFieldVectors());
    if (rows == null) {
      all.setAll(batch.getRowCount());
      return all;
    }
    return rows;
  }

  /** Number of rows of a set in which a field (0-based index) is not null. */
  public long count(int field, RowSelection rows) {
    long count = 0;
    for (int i = 0; i < rows.words(); i++) {
      count += Long.bitCount(rows.word(i) & columns[field].valid(i));
    }
    return count;
  }

  /** Whether the value of a field is not null. */
  public boolean isValid(int field, int row) {
    return columns[field].isValid(row);
  }

  /**
   * The value of an integer that is not null, or a number in the order of a float ({@link
   * #toDouble}).
   */
  public long number(int field, int row) {
    if (columns[field] instanceof VectorNumbers.Floats floats) {
      long bits = Double.doubleToLongBits(floats.get(row)); // one NaN
      return bits ^ bits >> 63 & Long.MAX_VALUE;
    }
    return ((VectorNumbers.Integers) columns[field]).get(row);
  }

  /**
   * The float of a {@link #number}. In this order -0.0 is less than 0.0, and NaN is the greatest.
   */
  public static double toDouble(long number) {
    return ColumnZone.toDouble(number);
  }

  /** Receives text in UTF-8. */
  public interface Text {
    /** {@return a number for the text in {@code data[from, to)}} */
    int number(byte[] data, int from, int to);
  }

  /** What {@code text} returns for the text of a field that is not null. */
  public int text(int field, int row, Text text) {
    VectorText column = (VectorText) columns[field];
    column.start(row);
    column.at(row);
    return text.number(column.data, column.from, column.to);
  }
}
