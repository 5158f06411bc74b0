package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.BytesSource;

/** Counts what is read of a source, and closes it. */
public class CountingSource implements ByteSource {
  private final ByteSource source;
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong bytesRead = new AtomicLong();

  public CountingSource(ByteSource source) {
    this.source = source;
  }

  /** Of bytes in memory. */
  public CountingSource(String name, byte[] bytes) {
    this(new BytesSource(name, bytes));
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
    return source.name();
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    int count = source.read(position, target, offset, length);
    reads.incrementAndGet();
    bytesRead.addAndGet(count);
    return count;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
