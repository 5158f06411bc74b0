package org.bamarrow.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Where the record batch messages of an Arrow IPC file or stream stand: what is needed to append
 * them to an {@link IpcOutput} without decoding. Told apart by its first bytes. The framing of
 * every message is checked, the bodies are not looked at. One thread.
 */
public final class IpcInput implements AutoCloseable {
  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
  private static final int CONTINUATION = 0xffffffff;
  private static final int PREFIX = 8;

  /** The schema of a file stands behind its magic, padded. */
  private static final int FIRST_MESSAGE_OF_FILE = 8;

  /** A record batch's metadata hold 16 bytes a buffer; larger ones are damage. */
  private static final int MOST_METADATA = 1 << 28;

  private final Path path;
  private final FileChannel channel;
  private final long size;
  private final List<ArrowBlock> batches = new ArrayList<>();
  private Schema schema;
  private long rows;

  /** Where the messages end: the footer's start, or the end of a stream. */
  private long end;

  private long at;

  private IpcInput(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.size = channel.size();
    this.end = size;
  }

  /**
   * Opens a regular file and hops along its messages.
   *
   * @throws IOException if it is not a whole Arrow IPC file or stream, or one with dictionaries
   */
  public static IpcInput open(Path path) throws IOException {
    IpcInput input = new IpcInput(path, FileChannel.open(path));
    try {
      input.read();
      return input;
    } catch (IOException | RuntimeException | Error e) {
      input.close();
      throw e;
    }
  }

  public Path path() {
    return path;
  }

  public Schema schema() {
    return schema;
  }

  /** Rows of all batches. */
  public long rows() {
    return rows;
  }

  public int batches() {
    return batches.size();
  }

  /** Appends all batches to {@code target}, as they stand here. */
  public void appendTo(IpcOutput target) throws IOException {
    target.append(channel, batches, rows);
  }

  private void read() throws IOException {
    try {
      boolean file = size >= MAGIC.length && ByteBuffer.wrap(MAGIC).equals(bytes(0, MAGIC.length));
      Footer footer = file ? readFooter() : null;
      at = file ? FIRST_MESSAGE_OF_FILE : 0;
      readSchema();
      while (!(file && at == end) && readBatch()) {} // a file may do without the end mark
      if (at != end) {
        throw broken("bytes follow behind its end mark, was it made with cat?");
      }
      if (file) {
        compare(footer);
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException | AssertionError e) {
      throw new IOException(broken(e.toString()).getMessage(), e); // flatbuffers' own checks
    }
  }

  private Footer readFooter() throws IOException {
    int tail = 4 + MAGIC.length;
    ByteBuffer last = size < PREFIX + tail ? null : bytes(size - tail, tail);
    long length = last == null ? -1 : last.getInt();
    if (length <= 0 || length > size - tail - PREFIX || !last.equals(ByteBuffer.wrap(MAGIC))) {
      throw broken("its end is missing");
    }
    end = size - tail - length;
    Footer footer = Footer.getRootAsFooter(bytes(end, (int) length));
    if (footer.dictionariesLength() > 0) {
      throw dictionary();
    }
    return footer;
  }

  /** The footer must list the very batches that stand there. */
  private void compare(Footer footer) throws IOException {
    boolean same = footer.recordBatchesLength() == batches.size();
    for (int i = 0; i < batches.size() && same; i++) {
      same = footer.recordBatches(i).offset() == batches.get(i).getOffset();
    }
    if (!same) {
      throw broken("its footer does not list the batches that stand in it");
    }
  }

  private void readSchema() throws IOException {
    Message message = next();
    if (message == null || message.headerType() != MessageHeader.Schema) {
      throw broken("it does not begin with a schema");
    }
    org.apache.arrow.flatbuf.Schema header = new org.apache.arrow.flatbuf.Schema();
    message.header(header);
    if (header.endianness() != Endianness.Little) {
      throw new IOException(path + ": big-endian Arrow data cannot be appended; write it anew");
    }
    schema = Schema.convertSchema(header);
  }

  /** False behind the end mark. */
  private boolean readBatch() throws IOException {
    long start = at;
    Message message = next();
    if (message == null) {
      return false;
    }
    if (message.headerType() == MessageHeader.DictionaryBatch) {
      throw dictionary();
    }
    if (message.headerType() != MessageHeader.RecordBatch) {
      throw broken("the message at byte " + start + " is no record batch");
    }
    long body = message.bodyLength();
    long head = at - start;
    if (body < 0 || body > end - at || (body & 7) != 0) {
      throw broken("the record batch at byte " + start + " claims a body of " + body + " bytes");
    }
    RecordBatch batch = new RecordBatch();
    message.header(batch);
    if (batch.length() < 0) {
      throw broken("the record batch at byte " + start + " claims " + batch.length() + " rows");
    }
    rows += batch.length();
    batches.add(new ArrowBlock(start, (int) head, body));
    at += body;
    return true;
  }

  /** The metadata of the message here; goes behind them. Null at the end mark. */
  private Message next() throws IOException {
    if (end - at < PREFIX) {
      throw broken("it is cut short at byte " + at);
    }
    ByteBuffer prefix = bytes(at, PREFIX);
    int length = prefix.getInt() == CONTINUATION ? prefix.getInt() : -1;
    if (length == 0) {
      at += PREFIX;
      return null;
    }
    if (length < 0 || length > MOST_METADATA || length > end - at - PREFIX || (length & 7) != 0) {
      throw broken("no message of Arrow 1.0 or newer stands at byte " + at);
    }
    Message message = Message.getRootAsMessage(bytes(at + PREFIX, length));
    if (message.version() != MetadataVersion.V5) {
      throw new IOException(path + ": its metadata are older than Arrow 1.0 writes; write it anew");
    }
    at += PREFIX + length;
    return message;
  }

  private ByteBuffer bytes(long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offset + bytes.position()) < 0) {
        throw broken("it has become shorter meanwhile");
      }
    }
    return bytes.flip();
  }

  private IOException dictionary() {
    return new IOException(
        path + ": it holds dictionaries, which may differ from file to file; write it without");
  }

  private IOException broken(String problem) {
    return new IOException(path + ": not a whole Arrow file or stream: " + problem);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
