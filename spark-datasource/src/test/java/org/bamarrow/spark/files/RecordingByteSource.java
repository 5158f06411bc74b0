package org.bamarrow.spark.files;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bamarrow.io.ByteSource;

/** Bytes in memory, which tell who asked for what. */
public final class RecordingByteSource implements ByteSource {
  public final byte[] bytes;
  public final List<String> reads = new CopyOnWriteArrayList<>();
  public volatile long failsFrom = Long.MAX_VALUE;
  public volatile boolean closed;

  public RecordingByteSource(int size) {
    bytes = new byte[size];
    new Random(1).nextBytes(bytes);
  }

  @Override
  public String name() {
    return "asked";
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    reads.add(position + "+" + length);
    if (position + length > failsFrom) {
      throw new IOException("no bytes from " + failsFrom);
    }
    int part = (int) Math.max(0, Math.min(length, bytes.length - position));
    if (part > 0) {
      System.arraycopy(bytes, (int) position, target, offset, part);
    }
    return part;
  }

  @Override
  public void close() {
    closed = true;
  }
}
