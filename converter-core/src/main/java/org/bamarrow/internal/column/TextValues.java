package org.bamarrow.internal.column;

import java.io.IOException;
import org.bamarrow.internal.bam.RecordSlice;

/** The values of a Utf8 column: append to {@link #text}, then {@link #end} the row. */
final class TextValues {
  private static final long HIGH_BITS = 0x8080808080808080L;

  final GrowableBuffer text;
  private final GrowableBuffer offsets;
  private final Validity validity;
  private int rows;
  private int next;

  /** The bytes appended by {@link #append}, combined with OR. */
  private long or;

  TextValues(BatchMemory memory) {
    text = memory.newBuffer();
    offsets = memory.newBuffer();
    validity = new Validity(memory);
  }

  /** Starts a batch of {@code count} rows. */
  void begin(int count) throws IOException {
    rows = count;
    next = 0;
    or = 0;
    validity.allValid(count);
    text.clear();
    offsets.clear();
    offsets.reserve(4L * count + 4);
    offsets.int32(0, 0);
  }

  /** Appends bytes, which {@link #finish} checks. */
  void append(byte[] source, int from, int length) throws IOException {
    or |= text.append(source, from, length);
  }

  /** Ends the value of {@code row}, the next row, at the current end of the text. */
  void end(int row) {
    offsets.int32(row + 1, text.size);
    next = row + 1;
  }

  void endNull(int row) {
    validity.setNull(row);
    end(row);
  }

  /** As {@link #end}; rows that were skipped before it are null. */
  void endAfterNulls(int row) {
    if (next < row) {
      skipTo(row, offsets.int32(next));
    }
    end(row);
  }

  private void skipTo(int row, int offset) {
    for (; next < row; next++) {
      validity.setNull(next);
      offsets.int32(next + 1, offset);
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
    if ((or & HIGH_BITS) != 0) {
      byte[] source = text.toBytes();
      text.clear();
      int from = 0;
      for (int row = 0; row < rows; row++) {
        int to = offsets.int32(row + 1);
        Utf8.append(slice, first + row, source, from, to, latin1, text);
        offsets.int32(row + 1, text.size);
        from = to;
      }
    }
  }

  void emit(BatchBuilder out) throws IOException {
    validity.emit(out);
    out.buffer(offsets);
    out.buffer(text);
  }
}
