package org.bamarrow.internal.filter;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.VarCharVector;

/**
 * A column of text. The bytes of neighbouring rows are copied out of Arrow's memory together, since
 * tests are on arrays.
 */
final class VectorText extends VectorColumn {
  /** Maximum bytes that are copied for rows that may not be used. */
  private static final int MAX_AHEAD = 1 << 14;

  private ArrowBuf offsets;
  private ArrowBuf texts;
  private boolean large;
  private int last; // the last row of the pass
  private int end; // exclusive: the rows before it are in data
  private long base; // offset in the column of data[0]

  /** The text of the current row is {@code data[from, to)}. */
  byte[] data = new byte[64];

  int from;
  int to;

  VectorText(RawField column) {
    super(column);
  }

  VectorText(String name, String field) {
    super(name, field);
  }

  @Override
  void values(FieldVector vector) {
    large = vector instanceof LargeVarCharVector;
    if (!large && !(vector instanceof VarCharVector)) {
      throw unexpected(vector, "text");
    }
    offsets = vector.getOffsetBuffer();
    texts = vector.getDataBuffer();
  }

  /**
   * Begins a pass over rows in ascending order, within one batch.
   *
   * @param lastRow the last row, inclusive; those after it are not read
   */
  @Override
  void start(int lastRow) {
    last = lastRow;
    end = 0;
  }

  /** Moves to a row that is not null. */
  void at(int row) {
    if (row >= end) {
      base = offset(row);
      long bytes = offset(last + 1) - base;
      end = last + 1;
      if (bytes > MAX_AHEAD) {
        bytes = offset(row + 1) - base;
        end = row + 1;
      }
      int length = Math.toIntExact(bytes);
      if (data.length < length) {
        data = new byte[length];
      }
      texts.getBytes(base, data, 0, length);
    }
    from = (int) (offset(row) - base);
    to = (int) (offset(row + 1) - base);
  }

  private long offset(int row) {
    return large ? offsets.getLong(8L * row) : offsets.getInt(4L * row);
  }
}
