package org.bamarrow.benchmarks.spikes;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.bamarrow.io.ByteSource;

/**
 * A file mapped into memory, in windows that overlap so that every BGZF block lies whole in one.
 */
final class MappedByteSource implements ByteSource {
  private static final int WINDOW = 1 << 30;
  private static final int OVERLAP = 1 << 20;

  private final String name;
  private final long size;
  private final MappedByteBuffer[] windows;

  MappedByteSource(Path path) throws IOException {
    name = path.toString();
    try (FileChannel channel = FileChannel.open(path)) {
      size = channel.size();
      windows = new MappedByteBuffer[(int) ((size + WINDOW - 1) / WINDOW)];
      for (int i = 0; i < windows.length; i++) {
        long from = (long) i * WINDOW;
        long length = Math.min(size - from, WINDOW + OVERLAP);
        windows[i] = channel.map(FileChannel.MapMode.READ_ONLY, from, length);
        windows[i].order(ByteOrder.LITTLE_ENDIAN);
      }
    }
  }

  /** The window in which a block at {@code position} lies whole. */
  MappedByteBuffer window(long position) {
    return windows[(int) (position / WINDOW)];
  }

  /** Offset of {@code position} in its window. */
  static int within(long position) {
    return (int) (position % WINDOW);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) {
    int done = 0;
    while (done < length && position + done < size) {
      MappedByteBuffer window = window(position + done);
      int at = within(position + done);
      int part = Math.min(length - done, window.limit() - at);
      window.get(at, target, offset + done, part);
      done += part;
    }
    return done;
  }

  /** Unmapped when collected: Java 17 has no other way, which is one reason against it. */
  @Override
  public void close() {}
}
