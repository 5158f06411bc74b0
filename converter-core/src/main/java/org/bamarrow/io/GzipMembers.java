package org.bamarrow.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip data (RFC 1952) of any number of members, such as bgzip writes. {@code
 * GZIPInputStream} takes a damaged header after a member, or one that arrives late through a pipe,
 * for the end of the data; here all bytes must belong to valid members.
 */
final class GzipMembers extends InputStream {
  private static final int HEADER_CRC = 1 << 1;
  private static final int EXTRA = 1 << 2;
  private static final int NAME = 1 << 3;
  private static final int COMMENT = 1 << 4;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[1 << 16];
  private int next; // unread bytes of the buffer: [next, end)
  private int end;
  private boolean inMember;

  /**
   * @param in closed with this stream
   */
  GzipMembers(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    while (length > 0) {
      if (!inMember && !begin()) {
        return -1;
      }
      int count = inflate(bytes, from, length);
      if (count > 0) {
        crc.update(bytes, from, count);
        return count;
      }
      if (inflater.finished()) {
        finish();
      }
    }
    return 0;
  }

  private int inflate(byte[] bytes, int from, int length) throws IOException {
    if (inflater.needsInput()) {
      require();
      inflater.setInput(buffer, next, end - next);
      next = end;
    }
    try {
      int count = inflater.inflate(bytes, from, length);
      if (count == 0 && inflater.needsDictionary()) {
        throw new IOException("invalid gzip data: a preset dictionary is not supported");
      }
      return count;
    } catch (DataFormatException e) {
      throw new IOException("invalid gzip data: " + e.getMessage(), e);
    }
  }

  /** Reads the next member's header; false at the end of the stream. */
  private boolean begin() throws IOException {
    if (!fill()) {
      return false;
    }
    if (octet() != 0x1f || octet() != 0x8b || octet() != 8) {
      throw new IOException("invalid gzip data: no valid member header after the first member");
    }
    int flags = octet();
    skip(6); // MTIME, XFL, OS
    if ((flags & EXTRA) != 0) {
      skip(octet() | octet() << 8);
    }
    for (int text : new int[] {NAME, COMMENT}) {
      if ((flags & text) != 0) {
        while (octet() != 0) {}
      }
    }
    skip((flags & HEADER_CRC) == 0 ? 0 : 2);
    inflater.reset();
    crc.reset();
    inMember = true;
    return true;
  }

  /** Reads the member's trailer. */
  private void finish() throws IOException {
    next = end - inflater.getRemaining();
    long sum = littleEndian();
    long size = littleEndian();
    if (sum != crc.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new IOException("invalid gzip data: CRC32 or length does not match");
    }
    inMember = false;
  }

  private long littleEndian() throws IOException {
    return octet() | octet() << 8 | octet() << 16 | (long) octet() << 24;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      octet();
    }
  }

  private int octet() throws IOException {
    require();
    return buffer[next++] & 0xff;
  }

  private void require() throws IOException {
    if (!fill()) {
      throw new EOFException("the gzip data are truncated");
    }
  }

  /** Whether there is another byte. */
  private boolean fill() throws IOException {
    while (next == end) {
      next = 0;
      end = Math.max(0, in.read(buffer));
      if (end == 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
