package org.bamarrow.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A regular file, read by position; thread-safe. */
public final class FileByteSource implements ByteSource {
  private final String name;
  private final FileChannel channel;
  private final long size;

  /**
   * Opens a regular file.
   *
   * @param name the name for messages
   * @param path regular file
   * @throws IOException if it exists and is not a regular file (opening a FIFO would wait for a
   *     writer)
   */
  public FileByteSource(String name, Path path) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IOException(
          name + ": is not a regular file, which is required for random access; copy it to one");
    }
    this.name = name;
    this.channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      this.size = channel.size();
    } catch (ClosedByInterruptException e) {
      throw Interrupts.interrupted(name + ": interrupted while opening", e);
    }
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
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
    try {
      while (buffer.hasRemaining()) {
        int got = channel.read(buffer, position + buffer.position() - offset);
        if (got < 0) {
          break;
        }
      }
    } catch (ClosedByInterruptException e) {
      throw Interrupts.interrupted(name + ": interrupted while reading", e);
    }
    return buffer.position() - offset;
  }

  /** {@return the open channel, which is closed with this source} */
  public FileChannel channel() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
