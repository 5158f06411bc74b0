package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.bamarrow.io.ByteSource;

/**
 * The bytes of a text in Base64, of which only those that are read are decoded.
 *
 * @param text stays unchanged
 */
record Base64Source(String name, ByteBuffer text, long size) implements ByteSource {
  /**
   * @throws IOException if it does not have the length of a text in Base64
   */
  static Base64Source of(String name, ByteBuffer value) throws IOException {
    ByteBuffer text = value.slice();
    int length = text.limit();
    if (length % 4 != 0) {
      throw new IOException(name + " is not in Base64");
    }
    int padding = 0;
    while (padding < Math.min(2, length) && text.get(length - 1 - padding) == '=') {
      padding++;
    }
    return new Base64Source(name, text, length / 4 * 3L - padding);
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    int count = (int) Math.max(0, Math.min(length, size - position));
    if (count == 0) {
      return 0;
    }
    int from = (int) (position / 3 * 4);
    int to = (int) ((position + count + 2) / 3 * 4);
    try {
      ByteBuffer decoded = Base64.getDecoder().decode(text.slice(from, to - from));
      decoded.get((int) (position % 3), target, offset, count);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) { // or padding within it
      throw new IOException(name + " is not in Base64", e);
    }
    return count;
  }

  @Override
  public void close() {}
}
