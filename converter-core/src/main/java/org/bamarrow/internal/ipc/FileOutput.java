package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.bamarrow.convert.DirectIo;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Remedy;
import org.bamarrow.errors.WordedIOException;
import org.slf4j.LoggerFactory;

/**
 * A regular file: batches are written at their offsets, by several threads concurrently through the
 * page cache, or one after another with direct I/O.
 */
public final class FileOutput extends IpcOutput implements AutoCloseable {
  private final String name;
  private final Path file;
  private final FileChannel channel;
  private final OutputOptions options;

  /** Null if direct I/O is never used. */
  private final DirectIoPolicy policy;

  private DirectFileWriter direct;
  private long directBytes;

  /** Bytes from this offset on use direct I/O; changed inside the delivery gate only. */
  private volatile long directFrom = Long.MAX_VALUE;

  /**
   * @param name file name for errors
   * @param file the file of {@code channel}
   * @param channel owned by the caller
   * @param workers number of threads that write
   */
  FileOutput(String name, Path file, FileChannel channel, OutputOptions options, int workers) {
    super(options.format());
    this.name = name;
    this.file = file;
    this.channel = channel;
    this.options = options;
    this.policy =
        options.directIo() == DirectIo.NEVER
            ? null
            : new DirectIoPolicy(options.directIo(), workers);
  }

  @Override
  void writeAt(long offset, ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    long begin = System.nanoTime();
    try {
      if (offset >= directFrom) {
        long waited = direct.waitedNanoseconds();
        direct.append(offset, bytes);
        directBytes += length;
        waited = direct.waitedNanoseconds() - waited;
        policy.direct(length, System.nanoTime() - begin, waited);
      } else {
        writeCached(offset, bytes);
        if (policy != null) {
          policy.cached(length, System.nanoTime() - begin);
        }
      }
    } catch (IOException e) {
      throw cannotBeWritten(e);
    }
  }

  private void writeCached(long offset, ByteBuffer bytes) throws IOException {
    long at = offset;
    int end = bytes.limit();
    while (bytes.position() < end) {
      bytes.limit(Math.min(end, bytes.position() + options.writeBytes()));
      at += channel.write(bytes, at);
    }
  }

  @Override
  void copyAt(long offset, FileChannel source, long from, long length) throws IOException {
    flush();
    try {
      channel.position(offset);
      transfer(source, from, length, channel, options.writeBytes());
    } catch (IOException e) {
      throw cannotBeWritten(e);
    }
  }

  private IOException cannotBeWritten(IOException e) {
    return NamedOutput.cannotBeWritten(name, e);
  }

  @Override
  public boolean requiresImmediateWrite(long start) throws IOException {
    if (policy == null || !policy.direct() || !canDirect()) {
      flush();
      return false;
    }
    if (directFrom == Long.MAX_VALUE) {
      directFrom = start;
    }
    return true;
  }

  private boolean canDirect() throws IOException {
    if (direct == null) {
      try {
        direct = DirectFileWriter.open(file, channel);
      } catch (IOException e) {
        if (options.directIo() == DirectIo.ALWAYS) {
          throw new WordedIOException(
              name + ": " + e.getMessage(), Remedy.of("leave ", OptionKey.DIRECT_IO, " out"), e);
        }
        LoggerFactory.getLogger(FileOutput.class).debug("{}: direct I/O is not available", name, e);
        policy.disable(); // only slower
        return false;
      }
    }
    return true;
  }

  @Override
  void flush() throws IOException {
    if (directFrom != Long.MAX_VALUE) {
      try {
        direct.flush();
      } catch (IOException e) {
        throw cannotBeWritten(e);
      }
      directFrom = Long.MAX_VALUE;
    }
  }

  @Override
  public long directBytes() {
    return directBytes;
  }

  /** Closes the writer for direct I/O. */
  @Override
  public void close() throws IOException {
    if (direct != null) {
      direct.close();
      direct = null;
    }
  }
}
