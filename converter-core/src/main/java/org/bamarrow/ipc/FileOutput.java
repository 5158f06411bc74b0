package org.bamarrow.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.bamarrow.Format;

/** A regular file: batches are written at their places, by many threads side by side. */
public final class FileOutput extends IpcOutput {
  private final FileChannel channel;
  private final String name;
  private final int writeBytes;

  /**
   * @param name for errors
   * @param channel stays the caller's
   * @param writeBytes most bytes of one write
   */
  public FileOutput(String name, FileChannel channel, int writeBytes, Format format) {
    super(format);
    this.name = name;
    this.channel = channel;
    this.writeBytes = writeBytes;
  }

  @Override
  void writeAt(long offset, ByteBuffer bytes) throws IOException {
    long at = offset;
    int end = bytes.limit();
    while (bytes.position() < end) {
      bytes.limit(Math.min(end, bytes.position() + writeBytes));
      try {
        at += channel.write(bytes, at);
      } catch (IOException e) {
        throw new IOException(name + ": cannot be written: " + e.getMessage(), e);
      }
    }
  }

  @Override
  void copyAt(long offset, FileChannel source, long from, long length) throws IOException {
    try {
      channel.position(offset);
      transfer(source, from, length, channel, writeBytes);
    } catch (IOException e) {
      throw new IOException(name + ": cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  boolean ordered() {
    return false;
  }
}
