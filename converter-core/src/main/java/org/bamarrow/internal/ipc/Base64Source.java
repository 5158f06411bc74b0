package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.bamarrow.io.ByteSource;

/**
 * The bytes of a text in Base64, of which only those that are read are decoded.
 *
 * @param text in Base64; stays the caller's
 */
record Base64Source(String name, ByteSource text, long size) implements ByteSource {
  /**
   * @throws IOException if it does not have the length of a text in Base64
   */
  static Base64Source of(String name, ByteSource text) throws IOException {
    long length = text.size();
    if (length % 4 != 0) {
      throw new IOException(name + " is not in Base64");
    }
    byte[] last = new byte[(int) Math.min(2, length)];
    text.read(length - last.length, last, 0, last.length);
    int padding = 0;
    for (byte each : last) {
      padding += each == '=' ? 1 : 0;
    }
    return new Base64Source(name, text, length / 4 * 3 - padding);
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    int count = (int) Math.max(0, Math.min(length, size - position));
    if (count == 0) {
      return 0;
    }
    long from = position / 3 * 4;
    byte[] encoded = new byte[Math.toIntExact((position + count + 2) / 3 * 4 - from)];
    text.read(from, encoded, 0, encoded.length);
    try {
      ByteBuffer decoded = ByteBuffer.wrap(Base64.getDecoder().decode(encoded));
      decoded.get((int) (position % 3), target, offset, count);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) { // or padding within it
      throw new IOException(name + " is not in Base64", e);
    }
    return count;
  }

  @Override
  public void close() {}
}
