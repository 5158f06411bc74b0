package org.bamarrow.errors;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Escapes untrusted text for messages and tables: control characters, line breaks and bidirectional
 * formatting characters are written as escapes, and the length is bounded.
 */
public final class Printable {
  /** Maximum length of a name or a value in a message, in characters. */
  private static final int MAX_NAME = 80;

  /** The first UTF-8 byte of the control characters U+0080 to U+009F. */
  private static final int C1 = 0xc2;

  /** Maximum length of a whole message, in characters. */
  private static final int MAX_MESSAGE = 2000;

  private Printable() {}

  /**
   * {@return a name or value: one line of at most {@value #MAX_NAME} characters}
   *
   * @param text untrusted text
   */
  public static String name(String text) {
    return line(text, MAX_NAME);
  }

  /**
   * {@return the same as {@link #name(String)}, of the bytes {@code data[from, to)}: UTF-8, or
   * Latin-1 if they are not UTF-8}
   *
   * @param data untrusted bytes
   * @param from index of the first byte
   * @param to index after the last byte, exclusive
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
   * {@return a whole message: one line of at most {@value #MAX_MESSAGE} characters}
   *
   * @param text untrusted text
   */
  public static String message(String text) {
    return line(text, MAX_MESSAGE);
  }

  /**
   * {@return one line of at most {@code maxLength} characters; a longer one is truncated}
   *
   * @param text untrusted text
   * @param maxLength maximum number of characters
   */
  public static String line(String text, int maxLength) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), maxLength));
    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      int length = line.length();
      append(character, line);
      if (line.length() > maxLength) {
        line.setLength(Math.min(length, maxLength - 1));
        return line.append('…').toString();
      }
      at += Character.charCount(character);
    }
    return line.toString();
  }

  /**
   * {@return lines of text for a terminal: control characters other than tab and line feed are
   * written as escapes}
   *
   * @param text untrusted text
   * @param offset index of the first byte
   * @param length number of bytes
   */
  public static byte[] escapeControls(byte[] text, int offset, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 16);
    int before = C1; // the preceding byte is not known
    for (int i = offset; i < offset + length; i++) {
      int value = text[i] & 0xff;
      boolean control =
          value < ' ' && value != '\n' && value != '\t'
              || value == 0x7f
              || before == C1 && value >= 0x80 && value < 0xa0;
      if (control) {
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
          Character.FORMAT, // including bidirectional marks
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
