package org.bamarrow.internal.column;

import java.io.IOException;

/** The virtual offset of the start of each record (int64): with the file, a physical row id. */
final class VirtualOffsets extends ColumnDecoder {
  private final Validity validity;
  private final GrowableBuffer values;

  VirtualOffsets(BatchMemory memory) {
    validity = new Validity(memory);
    values = memory.newBuffer();
  }

  @Override
  void begin(int rows) throws IOException {
    validity.allValid(rows);
    values.clear();
    values.reserve(8L * rows);
  }

  @Override
  void append(RecordGroup records) {
    long target = values.address + 8L * records.row;
    for (int i = 0; i < records.count; i++) {
      OffHeap.int64(target + 8L * i, records.slice.virtualOffset(records.record + i));
    }
  }

  @Override
  void emit(BatchBuilder out) throws IOException {
    validity.emit(out);
    out.buffer(values);
  }
}
