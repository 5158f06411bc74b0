package org.bamarrow.internal.filter;

import org.bamarrow.internal.bam.TextCheck;

/** Text of Arrow data as the bytes that the BAM had. For one thread. */
final class BamText {
  private final boolean latin1;
  private byte[] converted = new byte[64];

  /** The text is {@code data[from, to)}. */
  byte[] data;

  int from;
  int to;

  /**
   * @param latin1 whether text was decoded as Latin-1
   */
  BamText(boolean latin1) {
    this.latin1 = latin1;
  }

  /** Takes the UTF-8 text in {@code text[begin, end)}. */
  void set(byte[] text, int begin, int end) {
    data = text;
    from = begin;
    to = end;
    if (latin1 && !TextCheck.isAscii(text, begin, end)) {
      if (converted.length < end - begin) {
        converted = new byte[end - begin];
      }
      data = converted;
      from = 0;
      to = TextCheck.utf8ToLatin1(text, begin, end, converted, 0);
    }
  }
}
