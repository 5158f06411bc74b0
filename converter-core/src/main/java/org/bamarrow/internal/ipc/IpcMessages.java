package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.io.ArrowFormatException;
import org.bamarrow.io.ByteSource;

/**
 * The framing of an Arrow IPC file or stream, told apart by the first bytes: messages one after
 * another, and a file's footer. Every length is checked against the bytes that are there. One
 * thread.
 */
public final class IpcMessages {
  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
  private static final int CONTINUATION = 0xffffffff;
  private static final int PREFIX = 8;

  /** Most bytes of one read of a body. */
  private static final int PIECE = 1 << 20;

  /** The schema of a file stands behind its magic, padded. */
  private static final int FIRST_MESSAGE_OF_FILE = 8;

  /** A record batch's metadata hold 16 bytes a buffer; larger ones are damage. */
  private static final int MOST_METADATA = 1 << 28;

  private final ByteSource source;
  private final boolean file;
  private byte[] piece;
  private long end;
  private long at;

  /**
   * Stands at the first message.
   *
   * @param source stays the caller's; its size is known
   */
  public IpcMessages(ByteSource source) throws IOException {
    this.source = source;
    this.file = isFile(source);
    this.end = source.size();
    this.at = file ? FIRST_MESSAGE_OF_FILE : 0;
  }

  /** Whether these are Arrow data, by their first bytes. */
  public static boolean isArrow(ByteSource source) throws IOException {
    byte[] start = new byte[4];
    return isFile(source)
        || source.read(0, start, 0, 4) == 4 && ByteBuffer.wrap(start).getInt() == CONTINUATION;
  }

  /** Whether these begin as an Arrow IPC file does, not as a stream. */
  public static boolean isFile(ByteSource source) throws IOException {
    byte[] start = new byte[MAGIC.length];
    return source.read(0, start, 0, start.length) == start.length
        && ByteBuffer.wrap(MAGIC).equals(ByteBuffer.wrap(start));
  }

  /** True: a file with footer; false: a stream. */
  public boolean isFile() {
    return file;
  }

  /** 0-based place of the next message or, behind a message's metadata, of its body. */
  public long position() {
    return at;
  }

  public void position(long newPosition) {
    at = newPosition;
  }

  /** Where the messages end: the footer's start once it has been read, else the source's end. */
  public long end() {
    return end;
  }

  /** Whether a message begins here, as far as its first bytes tell. */
  boolean atMessage() throws IOException {
    return end - at >= PREFIX && bytes(at, PREFIX).getInt() == CONTINUATION;
  }

  /**
   * The schema of a message by itself.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Schema schema(byte[] message) {
    ByteBuffer bytes = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() < PREFIX
        || bytes.getInt() != CONTINUATION
        || bytes.getInt() > bytes.remaining()) {
      throw new IllegalArgumentException("it is no message");
    }
    try {
      Message metadata = Message.getRootAsMessage(bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
      if (metadata.headerType() != MessageHeader.Schema) {
        throw new IllegalArgumentException("it is no schema");
      }
      var schema =
          (org.apache.arrow.flatbuf.Schema) metadata.header(new org.apache.arrow.flatbuf.Schema());
      return SchemaReader.read(schema, message.length);
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException | AssertionError e) { // of flatbuffers, on bad data
      throw new IllegalArgumentException("its bytes make no sense (" + e + ")", e);
    }
  }

  /**
   * The metadata of the message here; goes behind them. Null at the end mark, and goes behind it.
   *
   * @throws IOException if no whole message of Arrow 1.0 or newer stands here
   */
  public Message next() throws IOException {
    if (at < 0 || end - at < PREFIX) {
      throw broken("it is cut short at byte " + at);
    }
    ByteBuffer prefix = bytes(at, PREFIX);
    int length = prefix.getInt() == CONTINUATION ? prefix.getInt() : -1;
    if (length < 0 || length > MOST_METADATA || length > end - at - PREFIX) {
      throw broken("no message of Arrow 1.0 or newer stands at byte " + at);
    }
    Message message = length == 0 ? null : Message.getRootAsMessage(bytes(at + PREFIX, length));
    at += PREFIX + length;
    return message;
  }

  /**
   * The metadata of the message that a footer tells of; goes behind them.
   *
   * @throws IOException if its lengths are not those
   */
  Message at(FileFooter.Block block) throws IOException {
    at = block.offset();
    Message message = next();
    if (message == null
        || at != block.offset() + block.metadata()
        || message.bodyLength() != block.body()) {
      throw broken(block.offset(), "it is not of the lengths that the footer says", null);
    }
    return message;
  }

  /** A file's footer. */
  public Footer footer() throws IOException {
    int tail = 4 + MAGIC.length;
    ByteBuffer last = source.size() < PREFIX + tail ? null : bytes(source.size() - tail, tail);
    long length = last == null ? -1 : last.getInt();
    if (length <= 0
        || length > source.size() - tail - PREFIX
        || !last.equals(ByteBuffer.wrap(MAGIC))) {
      throw broken("its end is missing");
    }
    end = source.size() - tail - length;
    return Footer.getRootAsFooter(bytes(end, (int) length));
  }

  /** Reads so many bytes of a body. */
  public void read(long position, byte[] into, int length) throws IOException {
    if (position < 0 || source.read(position, into, 0, length) < length) {
      throw broken("it is cut short");
    }
  }

  /** Reads so many bytes of a body to the start of {@code into}. */
  void read(long position, ArrowBuf into, long length) throws IOException {
    if (piece == null || piece.length < Math.min(PIECE, length)) {
      piece = new byte[(int) Math.min(PIECE, length)];
    }
    for (long done = 0; done < length; ) {
      int next = (int) Math.min(piece.length, length - done);
      read(position + done, piece, next);
      into.setBytes(done, piece, 0, next);
      done += next;
    }
  }

  private ByteBuffer bytes(long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    read(position, bytes, length);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The error of data that are not sound. */
  public ArrowFormatException broken(String problem) {
    return new ArrowFormatException(source.name(), ArrowFormatException.UNKNOWN, problem, null);
  }

  /**
   * As {@link #broken(String)}, of one message.
   *
   * @param position where it starts
   * @param cause what told, or null
   */
  ArrowFormatException broken(long position, String problem, Throwable cause) {
    return new ArrowFormatException(source.name(), position, problem, cause);
  }
}
