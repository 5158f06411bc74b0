package org.bamarrow.internal.parts;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.zip.CRC32;
import org.bamarrow.parts.Part;

/** Counts and checksums the bytes written to a stream, which stays the caller's. For one thread. */
final class PartChannel implements WritableByteChannel {
  private static final int BUFFER = 1 << 16;

  private final OutputStream out;
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[BUFFER];

  PartChannel(OutputStream out) {
    this.out = out;
  }

  /** CRC-32 of the bytes written so far, in the form of {@link Part}. */
  String crc32() {
    return Part.hex(crc);
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int written = bytes.remaining();
    while (bytes.hasRemaining()) {
      int length = Math.min(bytes.remaining(), buffer.length);
      bytes.get(buffer, 0, length);
      crc.update(buffer, 0, length);
      out.write(buffer, 0, length);
    }
    return written;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
