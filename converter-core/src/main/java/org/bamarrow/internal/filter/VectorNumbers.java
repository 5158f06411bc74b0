package org.bamarrow.internal.filter;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TinyIntVector;

/** Columns of numbers. */
final class VectorNumbers {
  private VectorNumbers() {}

  /** Signed integers of any width. */
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
          vector instanceof IntVector
              ? Integer.BYTES
              : vector instanceof BigIntVector
                  ? Long.BYTES
                  : vector instanceof SmallIntVector
                      ? Short.BYTES
                      : vector instanceof TinyIntVector ? Byte.BYTES : 0;
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
