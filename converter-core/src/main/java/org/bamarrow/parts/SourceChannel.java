package org.bamarrow.parts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.bamarrow.io.ByteSource;

/** A source whose size is known, as Arrow's file reader wants it; owns the source. */
final class SourceChannel implements SeekableByteChannel {
  private static final int BUFFER = 1 << 16;

  private final ByteSource source;
  private final byte[] buffer = new byte[BUFFER];
  private long position;
  private boolean open = true;

  SourceChannel(ByteSource source) {
    this.source = source;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int wanted = Math.min(target.remaining(), buffer.length);
    int length = source.read(position, buffer, 0, wanted);
    target.put(buffer, 0, length);
    position += length;
    return length == 0 && wanted > 0 ? -1 : length;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public int write(ByteBuffer bytes) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    source.close();
  }
}
