package org.bamarrow.internal.column;

import java.io.IOException;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.bam.TextCheck;
import org.bamarrow.internal.base.LittleEndian;

/** The values of a Utf8 column: append to {@link #text}, then {@link #end} the row. */
final class TextValues {
  final Scratch text = new Scratch();
  private final Scratch offsets = new Scratch();
  private final Validity validity = new Validity();
  private int rows;
  private int next;

  /** Starts a batch of {@code count} rows. */
  void begin(int count) throws IOException {
    rows = count;
    next = 0;
    validity.allValid(count);
    text.clear();
    offsets.clear();
    offsets.ensure(4L * count + 4);
    offsets.size = 4 * count + 4;
    LittleEndian.int32(offsets.bytes, 0, 0);
  }

  /** Ends the value of {@code row}, the next row, at the current end of the text. */
  void end(int row) {
    LittleEndian.int32(offsets.bytes, 4 * row + 4, text.size);
    next = row + 1;
  }

  void endNull(int row) {
    validity.setNull(row);
    end(row);
  }

  /** As {@link #end}; rows that were skipped before it are null. */
  void endAfterNulls(int row) {
    skipTo(row, LittleEndian.int32(offsets.bytes, 4 * next));
    end(row);
  }

  private void skipTo(int row, int offset) {
    for (; next < row; next++) {
      validity.setNull(next);
      LittleEndian.int32(offsets.bytes, 4 * next + 4, offset);
    }
  }

  /**
   * Ends the remaining rows as null, and checks that the text is UTF-8, or converts it from
   * Latin-1.
   *
   * @param first the index in the slice of the record of row 0, for errors
   */
  void finish(RecordSlice slice, int first, boolean latin1) throws IOException {
    skipTo(rows, text.size);
    if (TextCheck.isAscii(text.bytes, 0, text.size)) {
      return;
    }
    Scratch source = new Scratch();
    source.append(text.bytes, 0, text.size);
    text.clear();
    int from = 0;
    for (int row = 0; row < rows; row++) {
      int to = LittleEndian.int32(offsets.bytes, 4 * row + 4);
      Utf8.append(slice, first + row, source.bytes, from, to, latin1, text);
      LittleEndian.int32(offsets.bytes, 4 * row + 4, text.size);
      from = to;
    }
  }

  void emit(BatchBuilder out) {
    validity.emit(out);
    out.buffer(offsets);
    out.buffer(text);
  }
}
