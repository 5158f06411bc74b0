package org.bamarrow.internal.column;

import java.io.IOException;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;

/** An int32 column; subclasses loop over the records and store the values by row. */
abstract class IntColumn extends ColumnDecoder {
  final Validity validity = new Validity();
  private final Scratch values = new Scratch();

  IntColumn(Field field) {
    super(field);
  }

  @Override
  final void begin(int rows) throws IOException {
    validity.allValid(rows);
    values.clear();
    values.ensure(4L * rows);
    values.size = 4 * rows;
  }

  @Override
  final void append(RecordSlice slice, int first, int from, int to) throws IOException {
    fill(slice, first, from, to, values.bytes);
  }

  /** Stores the value of record {@code first + row} for each row of {@code [from, to)}. */
  abstract void fill(RecordSlice slice, int first, int from, int to, byte[] target)
      throws IOException;

  static void store(byte[] target, int row, int value) {
    LittleEndian.int32(target, 4 * row, value);
  }

  @Override
  final void emit(BatchBuilder out) {
    validity.emit(out);
    out.buffer(values);
  }
}
