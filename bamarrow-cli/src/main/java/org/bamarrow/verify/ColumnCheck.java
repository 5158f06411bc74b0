package org.bamarrow.verify;

import java.util.function.ToLongFunction;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * Compares one field of one row; bound to the vector of a column, which is refilled by each batch.
 */
interface ColumnCheck {
  /**
   * @param record what htsjdk reads
   * @param row 0-based row in the batch
   */
  void check(HtsRecord record, int row) throws Mismatch;

  /** Number of fields that one call compares. */
  default int fields() {
    return 1;
  }

  /** Writes the expected bytes of a variable-width column; returns false for null. */
  @FunctionalInterface
  interface Expected {
    boolean write(HtsRecord record, Bytes out);
  }

  static ColumnCheck number(FieldVector vector, ToLongFunction<HtsRecord> expected) {
    BaseIntVector numbers = (BaseIntVector) vector;
    return (record, row) -> {
      long wanted = expected.applyAsLong(record);
      boolean isNull = vector.isNull(row);
      if (isNull ? wanted != HtsRecord.NULL : numbers.getValueAsLong(row) != wanted) {
        throw new Mismatch(
            vector.getName(),
            wanted == HtsRecord.NULL ? "null" : wanted,
            isNull ? "null" : numbers.getValueAsLong(row));
      }
    };
  }

  static ColumnCheck text(FieldVector vector, Expected expected) {
    return text(vector.getName(), vector, expected);
  }

  static ColumnCheck text(String column, FieldVector vector, Expected expected) {
    VarCharVector texts = (VarCharVector) vector;
    Bytes wanted = new Bytes();
    Bytes found = new Bytes();
    return (record, row) -> {
      boolean isNull = !expected.write(record, wanted.clear());
      if (texts.isNull(row) != isNull || !isNull && !wanted.sameAs(value(texts, row, found))) {
        throw new Mismatch(
            column,
            isNull ? "null" : quoted(wanted),
            texts.isNull(row) ? "null" : quoted(value(texts, row, found)));
      }
    };
  }

  /** The value's bytes, in {@code target}. */
  static Bytes value(VarCharVector texts, int row, Bytes target) {
    return target
        .clear()
        .add(texts.getDataBuffer(), texts.getStartOffset(row), texts.getValueLength(row));
  }

  private static String quoted(Bytes text) {
    return "'" + text + "'";
  }

  /** A list of fixed-width numbers; {@code expected} writes them little-endian. */
  static ColumnCheck list(String column, FieldVector vector, Expected expected) {
    ListVector lists = (ListVector) vector;
    FieldVector elements = lists.getDataVector();
    int width = ((BaseFixedWidthVector) elements).getTypeWidth();
    Bytes wanted = new Bytes();
    Bytes found = new Bytes();
    return (record, row) -> {
      boolean isNull = !expected.write(record, wanted.clear());
      boolean same = lists.isNull(row) == isNull;
      if (same && !isNull) {
        int start = lists.getElementStartIndex(row);
        int count = lists.getElementEndIndex(row) - start;
        found.clear().add(elements.getDataBuffer(), (long) start * width, count * width);
        same = wanted.sameAs(found) && noneNull(elements, start, count);
      }
      if (!same) {
        Object shown = isNull ? "null" : numbers(wanted, width);
        throw new Mismatch(column, shown, lists.isNull(row) ? "null" : lists.getObject(row));
      }
    };
  }

  private static boolean noneNull(FieldVector elements, int start, int count) {
    for (int i = start; elements.getNullCount() > 0 && i < start + count; i++) {
      if (elements.isNull(i)) {
        return false;
      }
    }
    return true;
  }

  /** For a message: the elements as signed integers (floats by their bits). */
  private static String numbers(Bytes elements, int width) {
    StringBuilder text = new StringBuilder("[");
    for (int at = 0; at < elements.length && text.length() < 400; at += width) {
      long value = 0;
      for (int i = width - 1; i >= 0; i--) {
        value = value << 8 | elements.data[at + i] & 0xff;
      }
      int shift = 64 - 8 * width;
      text.append(at == 0 ? "" : ",").append(value << shift >> shift);
    }
    return text.append("]").toString();
  }

  /** CIGAR as a list of (op, length) structs. */
  static ColumnCheck cigarOps(FieldVector vector) {
    ListVector lists = (ListVector) vector;
    StructVector ops = (StructVector) lists.getDataVector();
    VarCharVector op = (VarCharVector) ops.getChild("op");
    IntVector length = (IntVector) ops.getChild("length");
    Bytes wanted = new Bytes();
    Bytes found = new Bytes();
    return (record, row) -> {
      boolean some = record.cigar(wanted.clear());
      if (!lists.isNull(row)) {
        found.clear();
        for (int i = lists.getElementStartIndex(row); i < lists.getElementEndIndex(row); i++) {
          if (ops.isNull(i) || op.isNull(i) || length.isNull(i)) {
            throw new Mismatch(vector.getName(), wanted, lists.getObject(row));
          }
          found.addNumber(length.get(i));
          found.add(op.getDataBuffer(), op.getStartOffset(i), op.getValueLength(i));
        }
      }
      if (lists.isNull(row) == some || some && !wanted.sameAs(found)) {
        throw new Mismatch(
            vector.getName(), some ? wanted : "null", lists.isNull(row) ? "null" : found);
      }
    };
  }
}
