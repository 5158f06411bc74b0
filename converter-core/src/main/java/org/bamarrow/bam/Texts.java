package org.bamarrow.bam;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text of unknown encoding. */
public final class Texts {
  private Texts() {}

  /** Decodes {@code data[from, to)}; null where it is not UTF-8. */
  public static String utf8OrNull(byte[] data, int from, int to) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(data, from, to - from);
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException notUtf8) {
      return null;
    }
  }
}
