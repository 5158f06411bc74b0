package org.bamarrow.internal.ipc;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Names of files before they have their own: hidden, beside the target, never too long. */
public final class TemporaryNames {
  /** The end of all of them. */
  public static final String SUFFIX = ".tmp";

  /** Most bytes of a target's name that stand in it: file systems take 255 in all. */
  private static final int MOST = 200;

  private TemporaryNames() {}

  /**
   * @param unique at most 40 bytes, of which no other writer has the same
   */
  public static String of(String name, String unique) {
    return start(name) + unique + SUFFIX;
  }

  /** With what the temporary names of a target begin. */
  public static String start(String name) {
    return "." + shortened(name) + ".";
  }

  private static String shortened(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MOST) {
      return name;
    }
    int end = 0;
    for (int length = 0; ; ) {
      int next = end + Character.charCount(name.codePointAt(end));
      length += name.substring(end, next).getBytes(StandardCharsets.UTF_8).length;
      if (length > MOST - 9) {
        break;
      }
      end = next;
    }
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return name.substring(0, end) + String.format("-%08x", crc.getValue());
  }
}
