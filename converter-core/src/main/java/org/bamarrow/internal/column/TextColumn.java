package org.bamarrow.internal.column;

import java.io.IOException;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.bam.RecordSlice;

/** A Utf8 column; subclasses append each value to {@link #text}. */
abstract class TextColumn extends ColumnDecoder {
  private final TextValues values = new TextValues();
  final Scratch text = values.text;

  TextColumn(Field field) {
    super(field);
  }

  @Override
  final void begin(int rows) throws IOException {
    values.begin(rows);
  }

  /** Ends the value of {@code row} at the current end of the text. */
  final void end(int row) {
    values.end(row);
  }

  final void endNull(int row) {
    values.endNull(row);
  }

  /** Checks that the values are UTF-8, or converts them from Latin-1. */
  final void checkUtf8(RecordSlice slice, int first, boolean latin1) throws IOException {
    values.finish(slice, first, latin1);
  }

  @Override
  final void emit(BatchBuilder out) {
    values.emit(out);
  }
}
