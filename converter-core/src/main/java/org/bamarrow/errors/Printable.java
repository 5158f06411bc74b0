package org.bamarrow.errors;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text from outside made fit for a message or a table: whatever could move a terminal's cursor,
 * break a line or turn the direction of text is written as an escape, and length is bounded.
 */
public final class Printable {
  /** Most characters of a name or a value in a message. */
  private static final int NAME = 80;

  /** In UTF-8 the byte before those of the controls U+0080 to U+009F. */
  private static final int C1 = 0xc2;

  /** Most characters of a whole message. */
  private static final int MESSAGE = 2000;

  private Printable() {}

  /**
   * {@return a name or value: one line of at most {@value #NAME} characters}
   *
   * @param text text of whatever origin
   */
  public static String name(String text) {
    return line(text, NAME);
  }

  /**
   * {@return the same as {@link #name(String)}, of the bytes {@code data[from, to)}: UTF-8, or else
   * Latin-1}
   *
   * @param data bytes of whatever origin
   * @param from index of the first byte
   * @param to index after the last byte
   */
  public static String name(byte[] data, int from, int to) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(data, from, to - from);
      return name(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException notUtf8) {
      return name(new String(data, from, to - from, StandardCharsets.ISO_8859_1));
    }
  }

  /**
   * {@return a whole message: one line of at most {@value #MESSAGE} characters}
   *
   * @param text text of whatever origin
   */
  public static String message(String text) {
    return line(text, MESSAGE);
  }

  /**
   * {@return one line of at most {@code most} characters, the end of a longer one left out}
   *
   * @param text text of whatever origin
   * @param most maximum number of characters
   */
  public static String line(String text, int most) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), most));
    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      int length = line.length();
      append(character, line);
      if (line.length() > most) {
        line.setLength(Math.min(length, most - 1));
        return line.append('…').toString();
      }
      at += Character.charCount(character);
    }
    return line.toString();
  }

  /**
   * {@return lines of text for a terminal: bytes that would steer it are written as escapes; tab
   * and line feed stay}
   *
   * @param text text of whatever origin
   * @param offset index of the first byte
   * @param length number of bytes
   */
  public static byte[] onTerminal(byte[] text, int offset, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 16);
    int before = C1; // what stands before is not known
    for (int i = offset; i < offset + length; i++) {
      int value = text[i] & 0xff;
      boolean steers =
          value < ' ' && value != '\n' && value != '\t'
              || value == 0x7f
              || before == C1 && value >= 0x80 && value < 0xa0;
      if (steers) {
        out.writeBytes(String.format("\\x%02x", value).getBytes(StandardCharsets.US_ASCII));
      } else {
        out.write(value);
      }
      before = value;
    }
    return out.toByteArray();
  }

  private static void append(int character, StringBuilder line) {
    if (isPlain(character)) {
      line.appendCodePoint(character);
    } else if (character <= 0xff) {
      line.append(String.format("\\x%02x", character));
    } else {
      line.append(String.format("\\u{%x}", character));
    }
  }

  private static boolean isPlain(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, // C0, DEL and C1
          Character.FORMAT, // direction marks among them
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
