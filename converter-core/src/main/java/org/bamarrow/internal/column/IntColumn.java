package org.bamarrow.internal.column;

import java.io.IOException;

/** An int32 column; subclasses fill the values of a few rows. */
abstract class IntColumn extends ColumnDecoder {
  final Validity validity;
  private final GrowableBuffer values;

  IntColumn(BatchMemory memory) {
    validity = new Validity(memory);
    values = memory.newBuffer();
  }

  @Override
  final void begin(int rows) throws IOException {
    validity.allValid(rows);
    values.clear();
    values.reserve(4L * rows);
  }

  @Override
  final void append(RecordGroup records) throws IOException {
    fill(records, values.address + 4L * records.row);
  }

  /** Stores the values of all records at consecutive addresses from {@code target} on. */
  abstract void fill(RecordGroup records, long target) throws IOException;

  @Override
  final void emit(BatchBuilder out) throws IOException {
    validity.emit(out);
    out.buffer(values);
  }
}
