package org.bamarrow.column;

import java.io.IOException;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.bam.RecordSlice;
import org.bamarrow.io.LittleEndian;

/** An int32 column: subclasses loop over the records and store values by row. */
abstract class IntColumn extends ColumnDecoder {
  final Validity validity = new Validity();
  private final Scratch values = new Scratch();

  IntColumn(Field field) {
    super(field);
  }

  @Override
  final void decode(RecordSlice slice, int from, int to) throws IOException {
    int rows = to - from;
    validity.allValid(rows);
    values.clear();
    values.ensure(4L * rows);
    values.size = 4 * rows;
    fill(slice, from, rows, values.bytes);
  }

  /** Stores the value of record {@code first + row} at byte {@code 4 * row}. */
  abstract void fill(RecordSlice slice, int first, int rows, byte[] target) throws IOException;

  static void store(byte[] target, int row, int value) {
    LittleEndian.int32(target, 4 * row, value);
  }

  @Override
  final void emit(BatchBuilder out) {
    validity.emit(out);
    out.buffer(values);
  }
}
