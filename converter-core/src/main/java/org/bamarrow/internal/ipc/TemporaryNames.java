package org.bamarrow.internal.ipc;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Names of temporary files: hidden, next to the target, of bounded length. */
public final class TemporaryNames {
  /** Suffix of all temporary names. */
  public static final String SUFFIX = ".tmp";

  /** Maximum bytes of the target name in a temporary name: file systems allow 255 in total. */
  private static final int MAX_BYTES = 200;

  private TemporaryNames() {}

  /**
   * The temporary name for a target.
   *
   * @param unique at most 40 bytes, unique for each writer
   */
  public static String of(String name, String unique) {
    return start(name) + unique + SUFFIX;
  }

  /** Prefix of the temporary names of a target. */
  public static String start(String name) {
    return "." + shortened(name) + ".";
  }

  private static String shortened(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_BYTES) {
      return name;
    }
    int end = 0;
    for (int length = 0; ; ) {
      int next = end + Character.charCount(name.codePointAt(end));
      length += name.substring(end, next).getBytes(StandardCharsets.UTF_8).length;
      if (length > MAX_BYTES - 9) {
        break;
      }
      end = next;
    }
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return name.substring(0, end) + String.format("-%08x", crc.getValue());
  }
}
