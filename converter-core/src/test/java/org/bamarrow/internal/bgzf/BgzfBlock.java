package org.bamarrow.internal.bgzf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** One block of a single stored DEFLATE block, with any header and footer, valid or not. */
final class BgzfBlock {
  private final byte[] payload;
  private byte[] extra = {};
  private int flags = 4;
  private int method = 8;
  private Integer crc;
  private Integer isize;
  private int bsizeError;

  BgzfBlock(byte[] payload) {
    this.payload = payload;
  }

  BgzfBlock flags(int value) {
    flags = value;
    return this;
  }

  BgzfBlock method(int value) {
    method = value;
    return this;
  }

  BgzfBlock crc(int value) {
    crc = value;
    return this;
  }

  BgzfBlock isize(int value) {
    isize = value;
    return this;
  }

  /** BSIZE is off by that much. */
  BgzfBlock bsizeError(int value) {
    bsizeError = value;
    return this;
  }

  /** Another subfield of the extra field; those of BC get the right BSIZE. */
  BgzfBlock subfield(String id, int length) {
    ByteBuffer more = ByteBuffer.allocate(extra.length + 4 + length).order(ByteOrder.LITTLE_ENDIAN);
    more.put(extra).put((byte) id.charAt(0)).put((byte) id.charAt(1)).putShort((short) length);
    extra = more.array();
    return this;
  }

  BgzfBlock rawExtra(byte[] value) {
    extra = value;
    return this;
  }

  byte[] bytes() {
    int size = 12 + extra.length + 5 + payload.length + 8;
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 31).put((byte) 139).put((byte) method).put((byte) flags);
    out.putInt(0).putShort((short) 0xff00).putShort((short) extra.length).put(extra);
    for (int at = 12; at + 6 <= 12 + extra.length; at++) {
      if (out.getInt(at) == 0x00024342) { // BC, length 2
        out.putShort(at + 4, (short) (size - 1 + bsizeError));
      }
    }
    out.put((byte) 1).putShort((short) payload.length).putShort((short) ~payload.length);
    out.put(payload);
    CRC32 sum = new CRC32();
    sum.update(payload);
    out.putInt(crc == null ? (int) sum.getValue() : crc);
    return out.putInt(isize == null ? payload.length : isize).array();
  }
}
