package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The channel of a file as an unbuffered stream whose errors contain the file name. */
public class ChannelStream extends OutputStream {
  private final String name;

  /** Closed by its owner. */
  private final FileChannel channel;

  public ChannelStream(String name, FileChannel channel) {
    this.name = name;
    this.channel = channel;
  }

  @Override
  public final void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public final void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw NamedOutput.cannotBeWritten(name, e);
    }
  }
}
