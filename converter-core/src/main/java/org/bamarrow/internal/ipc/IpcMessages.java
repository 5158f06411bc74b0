package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.io.ArrowFormatException;
import org.bamarrow.io.ByteSource;

/**
 * Reads the encapsulated messages of an Arrow IPC file or stream, distinguished by the first bytes,
 * and the footer of a file. Every length is checked against the size of the source. Not
 * thread-safe.
 */
public final class IpcMessages {
  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
  private static final int CONTINUATION = 0xffffffff;
  private static final int PREFIX = 8;

  /** Maximum bytes per read of a body. */
  private static final int READ_BYTES = 1 << 20;

  /** Offset of the schema message of a file: after the magic and padding. */
  private static final int FIRST_MESSAGE_OF_FILE = 8;

  /** Maximum length of metadata; those of a record batch have 16 bytes per buffer. */
  private static final int MAX_METADATA = 1 << 28;

  private final ByteSource source;
  private final boolean file;
  private byte[] buffer;
  private long end;
  private long at;
  private long bytesRead;

  /**
   * Starts at the first message.
   *
   * @param source of known size; owned by the caller
   */
  public IpcMessages(ByteSource source) throws IOException {
    this.source = source;
    this.file = ArrowStart.isFile(source);
    this.end = source.size();
    this.at = file ? FIRST_MESSAGE_OF_FILE : 0;
  }

  /** True for a file with a footer, false for a stream. */
  public boolean isFile() {
    return file;
  }

  /** 0-based offset of the next message or, after the metadata of a message, of its body. */
  public long position() {
    return at;
  }

  /** Bytes read from the source so far, except for the first ones. */
  long bytesRead() {
    return bytesRead;
  }

  public void position(long newPosition) {
    at = newPosition;
  }

  /** End of the messages: the offset of the footer once it has been read, else the source size. */
  public long end() {
    return end;
  }

  /** Whether a message starts at the position, by its first bytes. */
  boolean atMessage() throws IOException {
    return end - at >= PREFIX && bytes(at, PREFIX).getInt() == CONTINUATION;
  }

  /**
   * The schema of a single schema message.
   *
   * @throws IllegalArgumentException if it is not a valid schema message
   */
  public static Schema schema(byte[] message) {
    ByteBuffer bytes = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() < PREFIX
        || bytes.getInt() != CONTINUATION
        || bytes.getInt() > bytes.remaining()) {
      throw new IllegalArgumentException("not an Arrow IPC message");
    }
    try {
      Message metadata = Message.getRootAsMessage(bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
      if (metadata.headerType() != MessageHeader.Schema) {
        throw new IllegalArgumentException("not a schema message");
      }
      var schema =
          (org.apache.arrow.flatbuf.Schema) metadata.header(new org.apache.arrow.flatbuf.Schema());
      return SchemaReader.read(schema, message.length).toArrow();
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException | AssertionError e) { // of flatbuffers, on bad data
      throw new IllegalArgumentException("invalid metadata (" + e + ")", e);
    }
  }

  /**
   * Reads the metadata of the next message and moves the position after them; null at the
   * end-of-stream marker.
   *
   * @throws IOException if there is no complete message of Arrow 1.0 or newer
   */
  public Message next() throws IOException {
    if (at < 0 || end - at < PREFIX) {
      throw broken("truncated at byte " + at);
    }
    ByteBuffer prefix = bytes(at, PREFIX);
    int length = prefix.getInt() == CONTINUATION ? prefix.getInt() : -1;
    if (length < 0 || length > MAX_METADATA || length > end - at - PREFIX) {
      throw broken("no message of Arrow 1.0 or newer at byte " + at);
    }
    Message message = length == 0 ? null : Message.getRootAsMessage(bytes(at + PREFIX, length));
    at += PREFIX + length;
    return message;
  }

  /**
   * Reads the metadata of a message that is listed in a footer and moves the position after them.
   *
   * @throws IOException if its lengths differ from those in the footer
   */
  Message at(FileFooter.Block block) throws IOException {
    at = block.offset();
    Message message = next();
    if (message == null
        || at != block.offset() + block.metadata()
        || message.bodyLength() != block.body()) {
      throw broken(block.offset(), "message lengths differ from those in the footer", null);
    }
    return message;
  }

  /** Finds the footer of a file, which starts at {@link #end} from then on; returns its length. */
  int findFooter() throws IOException {
    int tail = 4 + MAGIC.length;
    ByteBuffer last = source.size() < PREFIX + tail ? null : bytes(source.size() - tail, tail);
    long length = last == null ? -1 : last.getInt();
    if (length <= 0
        || length > source.size() - tail - PREFIX
        || !last.equals(ByteBuffer.wrap(MAGIC))) {
      throw broken("truncated: the footer is missing");
    }
    end = source.size() - tail - length;
    return (int) length;
  }

  /** Reads {@code length} bytes of a body. */
  public void read(long position, byte[] into, int length) throws IOException {
    read(position, into, 0, length);
  }

  /** As above, to {@code offset} of the array. */
  void read(long position, byte[] into, int offset, int length) throws IOException {
    if (position < 0 || source.read(position, into, offset, length) < length) {
      throw broken("truncated");
    }
    bytesRead += length;
  }

  /** Reads {@code length} bytes of a body to the start of {@code into}. */
  void read(long position, ArrowBuf into, long length) throws IOException {
    if (buffer == null || buffer.length < Math.min(READ_BYTES, length)) {
      buffer = new byte[(int) Math.min(READ_BYTES, length)];
    }
    for (long done = 0; done < length; ) {
      int next = (int) Math.min(buffer.length, length - done);
      read(position + done, buffer, next);
      into.setBytes(done, buffer, 0, next);
      done += next;
    }
  }

  ByteBuffer bytes(long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    read(position, bytes, length);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The error for invalid data. */
  public ArrowFormatException broken(String problem) {
    return new ArrowFormatException(source.name(), ArrowFormatException.UNKNOWN, problem, null);
  }

  /**
   * As {@link #broken(String)}, for one message.
   *
   * @param position 0-based offset of the message
   * @param cause the cause, or null
   */
  ArrowFormatException broken(long position, String problem, Throwable cause) {
    return new ArrowFormatException(source.name(), position, problem, cause);
  }
}
