package org.bamarrow.internal.index;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds an index field by field: a legal one or any other. */
final class IndexFile {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  IndexFile(String magic) {
    out.writeBytes(magic.getBytes(StandardCharsets.ISO_8859_1));
  }

  IndexFile int32(long... values) {
    for (long value : values) {
      out.writeBytes(
          ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) value).array());
    }
    return this;
  }

  IndexFile int64(long... values) {
    for (long value : values) {
      out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    }
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
