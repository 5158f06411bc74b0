package org.bamarrow.io;

import java.io.IOException;

/**
 * A view of a source for reading ahead: {@link #release} does nothing, so that the bytes of a
 * stream can be read again through the source itself. Closing it leaves the source open.
 *
 * @param source where the bytes come from; stays open
 */
public record RetainingByteSource(ByteSource source) implements ByteSource {
  @Override
  public String name() {
    return source.name();
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    return source.read(position, target, offset, length);
  }

  @Override
  public void close() {}
}
