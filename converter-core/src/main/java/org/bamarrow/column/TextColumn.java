package org.bamarrow.column;

import java.io.IOException;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.bam.RecordSlice;

/** A Utf8 column: subclasses append each value to {@link #text}. */
abstract class TextColumn extends ColumnDecoder {
  private final TextValues values = new TextValues();
  final Scratch text = values.text;

  TextColumn(Field field) {
    super(field);
  }

  @Override
  final void decode(RecordSlice slice, int from, int to) throws IOException {
    values.begin(to - from);
    fill(slice, from, to - from);
  }

  /** Appends the values of the records from {@code first} on, calling {@link #end} after each. */
  abstract void fill(RecordSlice slice, int first, int rows) throws IOException;

  /** The value of {@code row} ends where the text ends now. */
  final void end(int row) {
    values.end(row);
  }

  final void endNull(int row) {
    values.endNull(row);
  }

  /** Makes sure that what was filled is UTF-8, or makes it UTF-8 from Latin-1. */
  final void checkUtf8(RecordSlice slice, int first, boolean latin1) throws IOException {
    values.finish(slice, first, latin1);
  }

  @Override
  final void emit(BatchBuilder out) {
    values.emit(out);
  }
}
