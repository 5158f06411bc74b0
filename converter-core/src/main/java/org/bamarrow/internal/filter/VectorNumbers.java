package org.bamarrow.internal.filter;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;

/** Columns of numbers. */
final class VectorNumbers {
  private VectorNumbers() {}

  /** Signed integers of any width, dates in days, and timestamps in microseconds. */
  static final class Integers extends VectorColumn {
    private ArrowBuf data;
    private int width; // bytes

    Integers(RawField column) {
      super(column);
    }

    Integers(String name, String field) {
      super(name, field);
    }

    @Override
    void values(FieldVector vector) {
      width =
          switch (vector.getMinorType()) {
            case INT, DATEDAY -> Integer.BYTES;
            case BIGINT, TIMESTAMPMICRO, TIMESTAMPMICROTZ -> Long.BYTES;
            case SMALLINT -> Short.BYTES;
            case TINYINT -> Byte.BYTES;
            default -> 0;
          };
      if (width == 0) {
        throw unexpected(vector, "a signed integer");
      }
      data = vector.getDataBuffer();
    }

    /** The value of a row that is not null. */
    long get(int row) {
      return switch (width) {
        case Integer.BYTES -> data.getInt(4L * row);
        case Long.BYTES -> data.getLong(8L * row);
        case Short.BYTES -> data.getShort(2L * row);
        default -> data.getByte(row);
      };
    }
  }

  /** Floats of 32 or 64 bits. */
  static final class Floats extends VectorColumn {
    private ArrowBuf data;
    private boolean wide;

    Floats(RawField column) {
      super(column);
    }

    Floats(String name, String field) {
      super(name, field);
    }

    @Override
    void values(FieldVector vector) {
      wide = vector instanceof Float8Vector;
      if (!wide && !(vector instanceof Float4Vector)) {
        throw unexpected(vector, "a float");
      }
      data = vector.getDataBuffer();
    }

    /** The value of a row that is not null; as a double, which is exact. */
    double get(int row) {
      return wide ? data.getDouble(8L * row) : data.getFloat(4L * row);
    }
  }
}
