package org.bamarrow.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** Fields of SAM text as values of Arrow vectors; null where the field is missing. */
final class SamValues {
  private SamValues() {}

  static List<String[]> ops(String cigar) {
    List<String[]> ops = new ArrayList<>();
    for (String op : cigar.split("(?<=[A-Z=])")) {
      ops.add(new String[] {op.substring(op.length() - 1), op.substring(0, op.length() - 1)});
    }
    return ops;
  }

  static void cigarOps(ListVector list, int row, String cigar) {
    if (cigar.equals("*")) {
      list.setNull(row);
      return;
    }
    StructVector ops = (StructVector) list.getDataVector();
    int at = list.startNewValue(row);
    int count = 0;
    for (String[] op : ops(cigar)) {
      ops.setIndexDefined(at + count);
      text((FieldVector) ops.getChild("op"), at + count, op[0]);
      number((FieldVector) ops.getChild("length"), at + count, op[1]);
      count++;
    }
    list.endValue(row, count);
  }

  /** {@code numbers}: each behind a comma. */
  static void list(ListVector list, int row, String numbers) {
    if (numbers == null) {
      list.setNull(row);
      return;
    }
    int at = list.startNewValue(row);
    String[] parts = numbers.isEmpty() ? new String[0] : numbers.substring(1).split(",");
    for (int i = 0; i < parts.length; i++) {
      number(list.getDataVector(), at + i, parts[i]);
    }
    list.endValue(row, parts.length);
  }

  static void text(FieldVector vector, int row, String value) {
    if (value != null) {
      ((VarCharVector) vector).setSafe(row, value.getBytes(ISO_8859_1));
    } else {
      ((VarCharVector) vector).setNull(row);
    }
  }

  static void number(FieldVector vector, int row, String value) {
    if (value == null) {
      ((BaseFixedWidthVector) vector).setNull(row);
    } else if (vector instanceof Float4Vector floats) {
      floats.setSafe(row, Float.parseFloat(value.replace("inf", "Infinity").replace("nan", "NaN")));
    } else if (vector instanceof BigIntVector longs) {
      longs.setSafe(row, Long.parseLong(value));
    } else if (vector instanceof IntVector ints) {
      ints.setSafe(row, Integer.parseInt(value));
    } else if (vector instanceof SmallIntVector shorts) {
      shorts.setSafe(row, Integer.parseInt(value));
    } else {
      ((TinyIntVector) vector).setSafe(row, Integer.parseInt(value));
    }
  }
}
