package org.bamarrow.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a text, terminated by LF, CR LF or CR, as bytes; the caller checks whether they are
 * UTF-8. Only the first {@value #LONGEST} bytes of a line are kept, so that memory is bounded. For
 * one thread; does not close the text.
 */
public final class TextLines {
  /** Maximum number of bytes of a line that are kept. */
  public static final int LONGEST = 1 << 16;

  private final InputStream text;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;
  private boolean afterReturn;
  private final byte[] line = new byte[LONGEST];
  private int length;
  private boolean cut;
  private long number;

  /**
   * Reads from the stream's current position; the stream is not closed here.
   *
   * @param text plain text
   */
  public TextLines(InputStream text) {
    this.text = text;
  }

  /**
   * Advances to the next line.
   *
   * @return false at the end of the text
   * @throws java.io.IOException if the input cannot be read
   */
  public boolean next() throws IOException {
    length = 0;
    cut = false;
    boolean any = false;
    for (int b; (b = read()) >= 0; ) {
      boolean second = afterReturn && b == '\n';
      afterReturn = b == '\r';
      if (second) {
        continue;
      }
      any = true;
      if (b == '\n' || b == '\r') {
        break;
      }
      if (length < LONGEST) {
        line[length++] = (byte) b;
      } else {
        cut = true;
      }
    }
    number += any ? 1 : 0;
    return any;
  }

  private int read() throws IOException {
    if (at == end) {
      at = 0;
      end = text.read(buffer);
      if (end < 0) {
        end = 0;
        return -1;
      }
    }
    return buffer[at++] & 0xff;
  }

  /** {@return the kept bytes of the line, decoded as ISO 8859-1} */
  public String latin1() {
    return new String(line, 0, length, StandardCharsets.ISO_8859_1);
  }

  /** {@return whether the line is longer than {@value #LONGEST} bytes} */
  public boolean isCut() {
    return cut;
  }

  /** {@return the line's number, 1-based} */
  public long number() {
    return number;
  }
}
