package org.bamarrow.internal.column;

import java.io.IOException;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;

/** The virtual offset of the start of each record (int64): with the file, a physical row id. */
final class VirtualOffsets extends ColumnDecoder {
  private final Validity validity = new Validity();
  private final Scratch values = new Scratch();

  VirtualOffsets(Field field) {
    super(field);
  }

  @Override
  void begin(int rows) throws IOException {
    validity.allValid(rows);
    values.clear();
    values.ensure(8L * rows);
  }

  @Override
  void append(RecordSlice slice, int first, int from, int to) {
    for (int row = from; row < to; row++) {
      LittleEndian.int64(values.bytes, values.size, slice.virtualOffset(first + row));
      values.size += 8;
    }
  }

  @Override
  void emit(BatchBuilder out) {
    validity.emit(out);
    out.buffer(values);
  }
}
