package org.bamarrow.internal.ipc;

import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BaseVariableWidthViewVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.ViewVarBinaryVector;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.LargeListViewVector;
import org.apache.arrow.vector.complex.ListViewVector;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Vectors of types that Arrow 12, the version of Spark 3.5, does not have: views, list views,
 * run-end encoding and half-precision floats. No other class refers to their classes, and this one
 * is only loaded for a schema with such a type, which Arrow 12 cannot represent.
 */
final class NewerVectors {
  private NewerVectors() {}

  static long variadicCounts(RecordBatch batch) {
    return batch.variadicBufferCountsLength();
  }

  static long variadicCount(RecordBatch batch, int index) {
    return batch.variadicBufferCounts(index);
  }

  static float half(FieldVector source, int row) {
    return ((Float2Vector) source).getValueAsFloat(row);
  }

  static byte[] text(FieldVector source, int row) {
    return ((ViewVarCharVector) source).get(row);
  }

  static byte[] bytes(FieldVector source, int row) {
    return ((ViewVarBinaryVector) source).get(row);
  }

  /** Length in bytes of a value of a view. */
  static int length(FieldVector source, int row) {
    return ((BaseVariableWidthViewVector) source).getValueLength(row);
  }

  static ListOffsets listView(FieldVector source) {
    ListViewVector lists = (ListViewVector) source;
    return new ListOffsets() {
      @Override
      int start(int row) {
        return lists.getOffsetBuffer().getInt(4L * row);
      }

      @Override
      int length(int row) {
        return lists.getSizeBuffer().getInt(4L * row);
      }
    };
  }

  static ListOffsets largeListView(FieldVector source) {
    LargeListViewVector lists = (LargeListViewVector) source;
    return new ListOffsets() {
      @Override
      int start(int row) {
        return (int) lists.getOffsetBuffer().getLong(8L * row);
      }

      @Override
      int length(int row) {
        return (int) lists.getSizeBuffer().getLong(8L * row);
      }
    };
  }

  /** Copies the values of run-end encoding. */
  static ValueCopier runs(
      Field field, FieldVector source, FieldVector target, Dictionaries dictionaries) {
    RunEndEncodedVector runs = (RunEndEncodedVector) source;
    ValueCopier values =
        ValueCopier.of(field.getChildren().get(1), runs.getValuesVector(), target, dictionaries);
    return new ValueCopier() {
      @Override
      long bytes(int from) {
        return values.bytes(runs.getPhysicalIndex(from));
      }

      @Override
      void copy(int from, int to) {
        values.copy(runs.getPhysicalIndex(from), to);
      }
    };
  }

  /**
   * Checks the loaded run ends.
   *
   * @param values number of values that the runs must reach
   * @throws IllegalArgumentException if a run has no rows or the runs end too early
   */
  static void checkRuns(FieldVector loaded, int values) {
    RunEndEncodedVector runs = (RunEndEncodedVector) loaded;
    BaseIntVector ends = (BaseIntVector) runs.getRunEndsVector();
    long last = 0;
    for (int i = 0; i < ends.getValueCount(); i++) {
      long end = runs.getRunEndsVector().isNull(i) ? 0 : ends.getValueAsLong(i);
      if (end <= last) {
        throw new IllegalArgumentException("run " + i + " of " + runs.getName() + " has no rows");
      }
      last = end;
    }
    if (last < values || runs.getValuesVector().getValueCount() < ends.getValueCount()) {
      throw new IllegalArgumentException(
          String.format("the runs of %s end at %d of %d values", runs.getName(), last, values));
    }
  }
}
