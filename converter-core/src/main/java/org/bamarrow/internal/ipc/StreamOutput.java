package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import org.bamarrow.convert.Format;

/** A pipe, device or standard output: batches are written one after another. */
public final class StreamOutput extends IpcOutput {
  /** Null: the channel's errors tell it. */
  private final String name;

  private final WritableByteChannel channel;
  private final int writeBytes;

  /**
   * @param channel stays the caller's; its errors tell what cannot be written
   * @param writeBytes most bytes of one write
   */
  public StreamOutput(WritableByteChannel channel, int writeBytes, Format format) {
    this(null, channel, writeBytes, format);
  }

  /** As the other constructor; errors tell the name. */
  StreamOutput(String name, WritableByteChannel channel, int writeBytes, Format format) {
    super(format);
    this.name = name;
    this.channel = channel;
    this.writeBytes = writeBytes;
  }

  @Override
  void writeAt(long offset, ByteBuffer bytes) throws IOException {
    int end = bytes.limit();
    try {
      while (bytes.position() < end) {
        bytes.limit(Math.min(end, bytes.position() + writeBytes));
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw named(e);
    }
  }

  private IOException named(IOException e) {
    return name == null ? e : NamedOutput.cannotBeWritten(name, e);
  }

  @Override
  void copyAt(long offset, FileChannel source, long from, long length) throws IOException {
    try {
      transfer(source, from, length, channel, writeBytes);
    } catch (IOException e) {
      throw named(e);
    }
  }

  @Override
  public boolean inTurn(long start) {
    return true;
  }
}
