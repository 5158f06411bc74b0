package org.bamarrow.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.bamarrow.Format;

/** A regular file: batches are written at their places, by many threads side by side. */
public final class FileOutput extends IpcOutput {
  private final FileChannel channel;
  private final int writeBytes;

  /**
   * @param channel stays the caller's
   * @param writeBytes most bytes of one write
   */
  public FileOutput(FileChannel channel, int writeBytes, Format format) {
    super(format);
    this.channel = channel;
    this.writeBytes = writeBytes;
  }

  @Override
  void writeAt(long offset, ByteBuffer bytes) throws IOException {
    long at = offset;
    int end = bytes.limit();
    while (bytes.position() < end) {
      bytes.limit(Math.min(end, bytes.position() + writeBytes));
      at += channel.write(bytes, at);
    }
  }

  @Override
  boolean ordered() {
    return false;
  }
}
