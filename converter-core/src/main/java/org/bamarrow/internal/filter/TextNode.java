package org.bamarrow.internal.filter;

import org.bamarrow.internal.bam.FieldErrors;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.bam.TextCheck;
import org.bamarrow.io.BamFormatException;

/** A condition on text in the record; subclasses locate the text. */
abstract class TextNode extends Node {
  private final TextTest test;
  private final boolean latin1;
  private byte[] converted = new byte[64];

  /** Range of the text after {@link #locate} has returned true. */
  int from;

  int to;

  TextNode(TextTest test, boolean latin1) {
    this.test = test;
    this.latin1 = latin1;
  }

  /** Sets the range in the slice's data; false for null. */
  abstract boolean locate(RecordSlice slice, int row) throws BamFormatException;

  @Override
  final int evaluate(RecordSlice slice, int row) throws BamFormatException {
    if (!locate(slice, row)) {
      return test.onNull();
    }
    byte[] data = slice.data();
    if (!TextCheck.isAscii(data, from, to)) {
      if (latin1) {
        int length = convert(data); // may reallocate the buffer
        return test.evaluate(converted, 0, length);
      }
      if (!TextCheck.isUtf8(data, from, to)) {
        throw FieldErrors.notUtf8(slice, row);
      }
    }
    return test.evaluate(data, from, to);
  }

  private int convert(byte[] data) {
    if (converted.length < 2L * (to - from)) {
      converted = new byte[Math.multiplyExact(2, to - from)];
    }
    return TextCheck.latin1ToUtf8(data, from, to, converted, 0);
  }

  /** QNAME; {@code *} is null. */
  static final class Qname extends TextNode {
    Qname(TextTest test, boolean latin1) {
      super(test, latin1);
    }

    @Override
    boolean locate(RecordSlice slice, int row) {
      byte[] data = slice.data();
      int start = slice.start(row);
      from = start + RecordLayout.READ_NAME;
      to = RecordLayout.cigar(data, start) - 1; // without the NUL
      return to - from != 1 || data[from] != '*';
    }

    @Override
    int cost() {
      return 2;
    }
  }

  /** A tag of type A, Z or H. */
  static final class Tag extends TextNode {
    private final RecordTags tags;
    private final int slot;

    Tag(RawField field, RecordTags tags, TextTest test, boolean latin1) {
      super(test, latin1);
      this.tags = tags;
      slot = tags.slot(field.tag());
    }

    @Override
    boolean locate(RecordSlice slice, int row) throws BamFormatException {
      boolean has = tags.has(slice, row, slot);
      from = tags.offset(slot);
      to = from + tags.length(slot);
      return has;
    }

    @Override
    int cost() {
      return 4;
    }
  }
}
