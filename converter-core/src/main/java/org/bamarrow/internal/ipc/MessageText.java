package org.bamarrow.internal.ipc;

import java.io.IOException;
import org.bamarrow.io.ByteSource;

/**
 * Bytes of a file, read when they are needed.
 *
 * @param messages of the open file
 * @param begin 0-based file offset
 */
record MessageText(IpcMessages messages, long begin, long size) implements ByteSource {
  @Override
  public String name() {
    return "the footer";
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    int count = (int) Math.max(0, Math.min(length, size - position));
    if (count > 0) {
      messages.read(begin + position, target, offset, count);
    }
    return count;
  }

  /** The file stays open. */
  @Override
  public void close() {}
}
