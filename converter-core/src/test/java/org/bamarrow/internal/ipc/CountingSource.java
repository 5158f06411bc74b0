package org.bamarrow.internal.ipc;

import java.util.concurrent.atomic.AtomicLong;
import org.bamarrow.io.ByteSource;

/** Bytes in memory; counts what is read of them. */
public final class CountingSource implements ByteSource {
  private final String name;
  private final byte[] bytes;
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong bytesRead = new AtomicLong();

  public CountingSource(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  /** Number of reads so far. */
  public long reads() {
    return reads.get();
  }

  /** Bytes read so far. */
  public long bytesRead() {
    return bytesRead.get();
  }

  @Override
  public String name() {
    return name;
  }

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
    reads.incrementAndGet();
    bytesRead.addAndGet(count);
    return count;
  }

  @Override
  public void close() {}
}
