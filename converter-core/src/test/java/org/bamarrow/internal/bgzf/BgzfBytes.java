package org.bamarrow.internal.bgzf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.IntSupplier;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Builds BGZF, block by block. */
public final class BgzfBytes {
  private static final byte[] END_MARKER =
      HexFormat.of().parseHex("1f8b08040000000000ff0600424302001b0003000000000000000000");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final int level;

  /**
   * @param level as zlib's; 0 stores
   */
  public BgzfBytes(int level) {
    this.level = level;
  }

  /** Appends {@code payload} in blocks of as many bytes as the supplier gives. */
  public BgzfBytes blocks(byte[] payload, IntSupplier sizes) {
    for (int at = 0; at < payload.length; ) {
      int end = Math.min(payload.length, at + sizes.getAsInt());
      block(Arrays.copyOfRange(payload, at, end));
      at = end;
    }
    return this;
  }

  /** Appends one block. */
  public BgzfBytes block(byte[] payload) {
    Deflater deflater = new Deflater(level, true);
    deflater.setInput(payload);
    deflater.finish();
    byte[] deflated = new byte[payload.length + 100];
    int length = deflater.deflate(deflated);
    deflater.end();
    CRC32 crc = new CRC32();
    crc.update(payload);
    ByteBuffer block = ByteBuffer.allocate(18 + length + 8).order(ByteOrder.LITTLE_ENDIAN);
    block.put(END_MARKER, 0, 16).putShort((short) (block.capacity() - 1));
    block.put(deflated, 0, length).putInt((int) crc.getValue()).putInt(payload.length);
    out.writeBytes(block.array());
    return this;
  }

  /** Appends the end-of-file marker. */
  public BgzfBytes end() {
    out.writeBytes(END_MARKER);
    return this;
  }

  public int size() {
    return out.size();
  }

  public byte[] bytes() {
    return out.toByteArray();
  }
}
