package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.bamarrow.convert.Format;

/**
 * One Arrow IPC file or stream that is being written. {@link #place} is called in the order of the
 * batches, by one thread at a time; {@link #write} by any.
 */
public abstract class IpcOutput {
  private static final byte[] MAGIC = {'A', 'R', 'R', 'O', 'W', '1'};

  /** The message behind the last one: a length of 0. */
  private static final byte[] END = {-1, -1, -1, -1, 0, 0, 0, 0};

  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final Format format;
  private final List<ArrowBlock> blocks = new ArrayList<>();
  private IpcSchema schema;
  private long position;
  private long rows;

  IpcOutput(Format format) {
    this.format = format;
  }

  /** Rows of all batches placed so far. */
  public final long rows() {
    return rows;
  }

  /** Bytes written or placed so far. */
  public final long bytes() {
    return position;
  }

  /** Batches placed so far. */
  public final int batches() {
    return blocks.size();
  }

  /** Bytes at a place of the output. */
  abstract void writeAt(long offset, ByteBuffer bytes) throws IOException;

  /** Bytes of another file at a place of the output; in order. */
  abstract void copyAt(long offset, FileChannel source, long from, long length) throws IOException;

  /**
   * Writes what stands before the batches. Workers may run already: {@link #place} waits for it.
   *
   * @param schema made only now, while the workers read
   */
  public final void start(SchemaSource schema) throws IOException {
    try {
      this.schema = schema.get();
      if (format == Format.FILE) {
        writeNext(ByteBuffer.wrap(Arrays.copyOf(MAGIC, 8)));
      }
      IpcSchema front = format == Format.FILE ? this.schema.front() : this.schema;
      writeNext(IpcMessage.encapsulate(front.message()));
    } catch (IOException | RuntimeException | Error e) {
      started.completeExceptionally(e);
      throw e;
    }
    started.complete(null);
  }

  /** Lets nobody wait for {@link #start} any more; nothing where it has been called. */
  public final void abandon() {
    started.completeExceptionally(new IOException("it was never started"));
  }

  /** Begins without a schema: what is written is to be appended to another output. */
  final void startAsPart() {
    started.complete(null);
  }

  /** Makes the schema. */
  public interface SchemaSource {
    IpcSchema get() throws IOException;
  }

  /** Gives the messages the next places in the output; in order. */
  public final long place(List<IpcMessage> messages) throws IOException {
    requireStarted();
    long start = position;
    for (IpcMessage message : messages) {
      blocks.add(message.block(position));
      rows += message.rows();
      position += message.length();
    }
    return start;
  }

  private void requireStarted() throws IOException {
    try {
      started.join();
    } catch (CompletionException e) {
      throw new IOException("the output could not be started: " + e.getCause().getMessage(), e);
    }
  }

  /** Writes placed messages from byte {@code start} on. */
  public final void write(long start, List<IpcMessage> messages) throws IOException {
    Cursor cursor = new Cursor(start);
    for (IpcMessage message : messages) {
      message.write(cursor::write);
    }
  }

  /**
   * Places and copies whole record batch messages as they stand in another file: nothing is
   * decoded. In order, as {@link #place}, and after all that was placed before has been written.
   *
   * @param messages where they are in {@code source}, which stays the caller's
   * @param rows of all of them
   */
  final void append(FileChannel source, List<ArrowBlock> messages, long rows) throws IOException {
    requireStarted();
    for (int i = 0; i < messages.size(); ) {
      long from = messages.get(i).getOffset();
      long to = from;
      long start = position;
      for (; i < messages.size() && messages.get(i).getOffset() == to; i++) {
        ArrowBlock message = messages.get(i);
        long length = message.getMetadataLength() + message.getBodyLength();
        blocks.add(new ArrowBlock(position, message.getMetadataLength(), message.getBodyLength()));
        position += length;
        to += length;
      }
      copyAt(start, source, from, to - from);
    }
    this.rows += rows;
  }

  /** Hands bytes on, in order. */
  public interface Bytes {
    void copyTo(WritableByteChannel target) throws IOException;
  }

  /**
   * Places and writes whole record batch messages that stand one behind another elsewhere: nothing
   * is decoded. In order, and after all that was placed before has been written.
   *
   * @param rows of all of them
   * @param bytes all of theirs
   */
  public final void append(List<ArrowBlock> messages, long rows, Bytes bytes) throws IOException {
    requireStarted();
    long end = position;
    for (ArrowBlock message : messages) {
      blocks.add(new ArrowBlock(end, message.getMetadataLength(), message.getBodyLength()));
      end += message.getMetadataLength() + message.getBodyLength();
    }
    this.rows += rows;
    bytes.copyTo(target());
    if (position != end) {
      throw new IOException(
          "batches of " + end + " bytes were to be copied, " + position + " came");
    }
  }

  /** The footer's entries of all batches placed so far. */
  final List<ArrowBlock> blocks() {
    return blocks;
  }

  /**
   * Whether the messages placed last have to be written now, before others are placed, as on a
   * pipe; else {@link #write} may be called at any time.
   *
   * @param start their place
   */
  public abstract boolean inTurn(long start) throws IOException;

  /** Waits until everything written is where it belongs. */
  void flush() throws IOException {}

  /** Bytes that went past the page cache. */
  public long directBytes() {
    return 0;
  }

  /** Writes what stands behind the batches. */
  public final void finish() throws IOException {
    writeNext(ByteBuffer.wrap(END));
    if (format == Format.FILE) {
      ByteBuffer footer = schema.footer(blocks);
      ByteBuffer tail =
          ByteBuffer.allocate(footer.remaining() + 4 + MAGIC.length).order(ByteOrder.LITTLE_ENDIAN);
      int length = footer.remaining();
      writeNext(tail.put(footer).putInt(length).put(MAGIC).flip());
    }
    flush();
  }

  private void writeNext(ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    writeAt(position, bytes);
    position += length;
  }

  /** What is written to it goes to the end of the output. */
  private WritableByteChannel target() {
    return new WritableByteChannel() {
      @Override
      public int write(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        writeNext(bytes);
        return length;
      }

      @Override
      public boolean isOpen() {
        return true;
      }

      @Override
      public void close() {} // the output itself stays open
    };
  }

  /**
   * Copies all of the bytes given.
   *
   * @param most bytes of one step
   */
  static void transfer(
      FileChannel source, long from, long length, WritableByteChannel target, long most)
      throws IOException {
    for (long done = 0; done < length; ) {
      long step = source.transferTo(from + done, Math.min(most, length - done), target);
      if (step == 0 && from + done >= source.size()) {
        throw new IOException("a file that was being copied has become shorter meanwhile");
      }
      done += step;
    }
  }

  private final class Cursor {
    private long at;

    Cursor(long at) {
      this.at = at;
    }

    public void write(ByteBuffer bytes) throws IOException {
      int length = bytes.remaining();
      writeAt(at, bytes);
      at += length;
    }
  }
}
