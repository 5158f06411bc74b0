package org.bamarrow.benchmarks.splits;

import java.io.IOException;
import org.bamarrow.io.ByteSource;

/** Counts the bytes read from a source; does not close it. */
final class CountingSource implements ByteSource {
  private final ByteSource source;
  long bytes;

  CountingSource(ByteSource source) {
    this.source = source;
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    int read = source.read(position, target, offset, length);
    bytes += Math.max(0, read);
    return read;
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public void close() {}
}
