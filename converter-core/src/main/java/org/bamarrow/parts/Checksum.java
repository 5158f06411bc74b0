package org.bamarrow.parts;

import java.io.IOException;
import java.util.zip.CRC32;
import org.bamarrow.io.ByteSource;

/** Whether a file is the one that was written. */
final class Checksum {
  private static final int BUFFER = 1 << 16;

  private Checksum() {}

  /**
   * Reads a file to its end.
   *
   * @param source stays the caller's
   * @param bytes length that the manifest says
   * @param crc32 checksum that the manifest says
   * @return what is wrong, as one sentence without a full stop; null: nothing
   */
  static String problem(ByteSource source, long bytes, String crc32) throws IOException {
    if (source.size() != bytes) {
      return "it has " + source.size() + " bytes, the manifest says " + bytes;
    }
    CRC32 crc = new CRC32();
    byte[] buffer = new byte[BUFFER];
    int length;
    for (long at = 0; at < bytes; at += length) {
      length = source.read(at, buffer, 0, buffer.length);
      if (length == 0) {
        return "it became shorter while it was read";
      }
      crc.update(buffer, 0, length);
    }
    String found = Part.hex(crc);
    return found.equals(crc32) ? null : "its CRC-32 is " + found + ", the manifest says " + crc32;
  }
}
