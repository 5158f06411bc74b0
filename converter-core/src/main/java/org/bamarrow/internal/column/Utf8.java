package org.bamarrow.internal.column;

import java.io.IOException;
import org.bamarrow.internal.bam.FieldErrors;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.bam.TextCheck;

/** Appends text of a record to a Utf8 column, whose content must be valid UTF-8. */
final class Utf8 {
  private Utf8() {}

  /** Appends {@code source[from, to)} of record {@code row}. */
  static void append(
      RecordSlice slice,
      int row,
      byte[] source,
      int from,
      int to,
      boolean latin1,
      GrowableBuffer target)
      throws IOException {
    if (TextCheck.isAscii(source, from, to)) {
      target.append(source, from, to - from);
    } else if (latin1) {
      byte[] converted = new byte[2 * (to - from)];
      target.append(converted, 0, TextCheck.latin1ToUtf8(source, from, to, converted, 0));
    } else if (TextCheck.isUtf8(source, from, to)) {
      target.append(source, from, to - from);
    } else {
      throw FieldErrors.notUtf8(slice, row);
    }
  }
}
