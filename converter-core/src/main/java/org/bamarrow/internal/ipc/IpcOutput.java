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
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneMap;

/**
 * An Arrow IPC file or stream that is being written. {@link #assignOffsets} is called in the order
 * of the batches, by one thread at a time; {@link #write} by any thread.
 */
public abstract class IpcOutput {
  private static final byte[] MAGIC = {'A', 'R', 'R', 'O', 'W', '1'};

  /** The end-of-stream marker: a message of length 0. */
  private static final byte[] END = {-1, -1, -1, -1, 0, 0, 0, 0};

  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final Format format;
  private final List<ArrowBlock> blocks = new ArrayList<>();

  private final OutputZones zones = new OutputZones(blocks);
  private IpcSchema schema;
  private long position;
  private long rows;

  IpcOutput(Format format) {
    this.format = format;
  }

  /** Number of rows of all batches so far. */
  public final long rows() {
    return rows;
  }

  /** Number of bytes written, or assigned to batches, so far. */
  public final long bytes() {
    return position;
  }

  /** Number of batches so far. */
  public final int batches() {
    return blocks.size();
  }

  /**
   * Makes a file have a zone map in its footer; called before {@link #start}.
   *
   * @param map empty; ownership is taken
   */
  public final void keepZones(ZoneMap map) {
    if (format == Format.FILE) {
      zones.keep(map);
    }
  }

  /** What is known of the batches. */
  public final OutputZones zones() {
    return zones;
  }

  /** Writes bytes at an offset of the output. */
  abstract void writeAt(long offset, ByteBuffer bytes) throws IOException;

  /** Copies bytes of another file to an offset of the output; called in order. */
  abstract void copyAt(long offset, FileChannel source, long from, long length) throws IOException;

  /**
   * Writes the schema. Workers may be running already: {@link #assignOffsets} waits for this
   * method.
   *
   * @param schema creates the schema, while the workers read
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

  /** Fails the threads that wait for {@link #start}; no effect if it has been called. */
  public final void abandon() {
    started.completeExceptionally(new IOException("not started"));
  }

  /** Starts without a schema, for batches that will be appended to another output. */
  final void startAsPart() {
    started.complete(null);
  }

  /** Creates the schema. */
  public interface SchemaSource {
    IpcSchema get() throws IOException;
  }

  /** Assigns the next offsets of the output to the messages; returns the first. Called in order. */
  public final long assignOffsets(List<IpcMessage> messages) throws IOException {
    requireStarted();
    long start = position;
    for (IpcMessage message : messages) {
      blocks.add(message.block(position));
      zones.add(message.zone());
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

  /** Writes messages from the offset {@code start} on, which was assigned to them. */
  public final void write(long start, List<IpcMessage> messages) throws IOException {
    Cursor cursor = new Cursor(start);
    for (IpcMessage message : messages) {
      message.write(cursor::write);
    }
  }

  /**
   * Appends record batch messages of another file without decoding. Called in order, as {@link
   * #assignOffsets}, and after all earlier batches have been written.
   *
   * @param source owned by the caller
   * @param messages their locations in {@code source}
   * @param rows number of rows of all messages
   * @param more zones of the messages; null if they are not known
   */
  final void append(FileChannel source, List<ArrowBlock> messages, long rows, List<Zone> more)
      throws IOException {
    requireStarted();
    zones.addAll(more);
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

  /** Writes bytes to a channel, in order. */
  public interface Bytes {
    void copyTo(WritableByteChannel target) throws IOException;
  }

  /**
   * Appends consecutive record batch messages without decoding. Called in order, and after all
   * earlier batches have been written.
   *
   * @param rows number of rows of all messages
   * @param more zones of the messages; null if they are not known
   * @param bytes the bytes of all messages
   */
  public final void append(List<ArrowBlock> messages, long rows, List<Zone> more, Bytes bytes)
      throws IOException {
    requireStarted();
    zones.addAll(more);
    long end = position;
    for (ArrowBlock message : messages) {
      blocks.add(new ArrowBlock(end, message.getMetadataLength(), message.getBodyLength()));
      end += message.getMetadataLength() + message.getBodyLength();
    }
    this.rows += rows;
    bytes.copyTo(target());
    if (position != end) {
      throw new IOException(
          "copied batches end at byte " + position + " of the output, expected " + end);
    }
  }

  /** The footer entries of all batches so far. */
  public final List<ArrowBlock> blocks() {
    return blocks;
  }

  /**
   * Whether the last messages must be written now, before offsets are assigned to others, as on a
   * pipe; otherwise {@link #write} may be called at any time.
   *
   * @param start the offset assigned to them
   */
  public abstract boolean requiresImmediateWrite(long start) throws IOException;

  /** Waits until all bytes have been written to the file. */
  void flush() throws IOException {}

  /** Number of bytes written with direct I/O. */
  public long directBytes() {
    return 0;
  }

  /** Writes the end-of-stream marker and, in a file, the footer. */
  public final void finish() throws IOException {
    writeNext(ByteBuffer.wrap(END));
    if (format == Format.FILE) {
      ByteBuffer footer = schema.footer(blocks, zones.metadata());
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

  /** A channel that appends to the output. */
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
   * Copies {@code length} bytes.
   *
   * @param most maximum bytes per call
   */
  static void transfer(
      FileChannel source, long from, long length, WritableByteChannel target, long most)
      throws IOException {
    for (long done = 0; done < length; ) {
      long step = source.transferTo(from + done, Math.min(most, length - done), target);
      if (step == 0 && from + done >= source.size()) {
        throw new IOException("the file was truncated while it was being copied");
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
