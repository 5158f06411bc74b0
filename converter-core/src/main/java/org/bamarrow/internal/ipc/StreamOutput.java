package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import org.bamarrow.convert.Format;

/** A pipe, device or standard output: batches are written sequentially. */
public final class StreamOutput extends IpcOutput {
  /** Null if the errors of the channel contain the name. */
  private final String name;

  private final WritableByteChannel channel;
  private final int writeBytes;

  /**
   * @param channel owned by the caller; its errors name the output
   * @param writeBytes maximum bytes per write
   */
  public StreamOutput(WritableByteChannel channel, int writeBytes, Format format) {
    this(null, channel, writeBytes, format);
  }

  /** As the other constructor; errors contain the name. */
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
  public boolean requiresImmediateWrite(long start) {
    return true;
  }
}
