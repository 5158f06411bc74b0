package org.bamarrow.internal.bam;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text of unknown encoding. */
public final class Texts {
  private Texts() {}

  /** Whether {@code data[from, to)} is valid UTF-8. */
  public static boolean isUtf8(byte[] data, int from, int to) {
    return TextCheck.isAscii(data, from, to) || utf8OrNull(data, from, to) != null;
  }

  /** Decodes {@code data[from, to)}; null if it is not valid UTF-8. */
  public static String utf8OrNull(byte[] data, int from, int to) {
    if (TextCheck.isAscii(data, from, to)) { // avoids an intermediate array of chars
      return new String(data, from, to - from, StandardCharsets.ISO_8859_1);
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(data, from, to - from);
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException notUtf8) {
      return null;
    }
  }
}
