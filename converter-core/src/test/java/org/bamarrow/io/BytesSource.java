package org.bamarrow.io;

/** A source in memory. */
public record BytesSource(String name, byte[] bytes) implements ByteSource {
  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) {
    int count = (int) Math.max(0, Math.min(length, bytes.length - position));
    if (count > 0) {
      System.arraycopy(bytes, (int) position, target, offset, count);
    }
    return count;
  }

  @Override
  public void close() {}
}
