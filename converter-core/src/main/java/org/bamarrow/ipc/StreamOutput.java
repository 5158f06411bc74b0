package org.bamarrow.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import org.bamarrow.Format;

/** A pipe, device or standard output: batches are written one after another. */
public final class StreamOutput extends IpcOutput {
  private final WritableByteChannel channel;
  private final int writeBytes;

  /**
   * @param channel stays the caller's
   * @param writeBytes most bytes of one write
   */
  public StreamOutput(WritableByteChannel channel, int writeBytes, Format format) {
    super(format);
    this.channel = channel;
    this.writeBytes = writeBytes;
  }

  @Override
  void writeAt(long offset, ByteBuffer bytes) throws IOException {
    int end = bytes.limit();
    while (bytes.position() < end) {
      bytes.limit(Math.min(end, bytes.position() + writeBytes));
      channel.write(bytes);
    }
  }

  @Override
  void copyAt(long offset, FileChannel source, long from, long length) throws IOException {
    transfer(source, from, length, channel, writeBytes);
  }

  @Override
  boolean inTurn(long start) {
    return true;
  }
}
