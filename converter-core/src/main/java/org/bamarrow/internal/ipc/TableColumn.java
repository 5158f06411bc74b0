package org.bamarrow.internal.ipc;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.bamarrow.internal.base.ArrowLayout;

/**
 * The values of a column of {@link TableColumns}, by 0-based row. Rows outside of the buffers throw
 * {@link IndexOutOfBoundsException} or {@link ArithmeticException}.
 *
 * @param valid bits of the rows that are not null; null: no row is null
 * @param values the values, or the offsets of texts and lists; null for a struct
 * @param text the bytes of texts
 */
record TableColumn(ArrowType type, ByteBuffer valid, ByteBuffer values, ByteBuffer text) {
  boolean isNull(int row) {
    return valid != null && !bit(valid, row);
  }

  private static boolean bit(ByteBuffer bits, int row) {
    return (bits.get(row >> 3) >> (row & 7) & 1) != 0;
  }

  /** Whether values are integers, dates or times, which {@link #integer} reads. */
  boolean isInteger() {
    return switch (type.getTypeID()) {
      case Int, Date, Time, Timestamp -> true;
      default -> false;
    };
  }

  /**
   * A signed integer, or the bits of a float.
   *
   * @throws IllegalArgumentException if the values have no fixed width of 1, 2, 4 or 8 bytes
   */
  long integer(int row) {
    return switch (ArrowLayout.bits(type)) {
      case 8 -> values.get(row);
      case 16 -> values.getShort(Math.multiplyExact(2, row));
      case 32 -> values.getInt(Math.multiplyExact(4, row));
      case 64 -> values.getLong(Math.multiplyExact(8, row));
      default -> throw new IllegalArgumentException("a column of type " + type);
    };
  }

  /** Whether the bit of a row of type Bool is set. */
  boolean isTrue(int row) {
    return type instanceof ArrowType.Bool && bit(values, row);
  }

  /** Index of the first value of a list. */
  int start(int row) {
    return values.getInt(Math.multiplyExact(4, row));
  }

  /** Index after the last value of a list. */
  int end(int row) {
    return start(Math.incrementExact(row));
  }

  /** The bytes of a text. */
  byte[] text(int row) {
    if (!(type instanceof ArrowType.Utf8)) {
      throw new IllegalArgumentException("a column of type " + type);
    }
    return Arrays.copyOfRange(text.array(), start(row), end(row));
  }

  /**
   * Checks the offsets of texts and lists, so that different rows have different values: all texts
   * together are no longer than their buffer.
   *
   * @param rows number of values
   * @param most number of values of lists, or bytes of texts
   * @throws IllegalArgumentException if they are not in order
   */
  TableColumn requireOffsets(int rows, long most) {
    int last = 0;
    for (int row = 0; row < rows; row++) {
      if (start(row) < last || end(row) < start(row) || end(row) > most) {
        throw new IllegalArgumentException("offsets that are not in order");
      }
      last = end(row);
    }
    return this;
  }
}
