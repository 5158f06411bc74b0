package org.bamarrow.internal.column;

import java.io.IOException;

/** A Utf8 column; subclasses append each value to {@link #text}. */
abstract class TextColumn extends ColumnDecoder {
  final TextValues values;
  final GrowableBuffer text;

  TextColumn(BatchMemory memory) {
    values = new TextValues(memory);
    text = values.text;
  }

  @Override
  final void begin(int rows) throws IOException {
    values.begin(rows);
  }

  @Override
  final void emit(BatchBuilder out) throws IOException {
    values.emit(out);
  }
}
