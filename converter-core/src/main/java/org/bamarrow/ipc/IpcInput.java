package org.bamarrow.ipc;

import java.io.IOException;
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
import org.bamarrow.io.FileByteSource;

/**
 * Where the record batch messages of an Arrow IPC file or stream stand: what is needed to append
 * them to an {@link IpcOutput} without decoding. Told apart by its first bytes. The framing of
 * every message is checked, the bodies are not looked at. One thread.
 */
public final class IpcInput implements AutoCloseable {
  private final Path path;
  private final FileByteSource source;
  private final IpcMessages messages;
  private final List<ArrowBlock> batches = new ArrayList<>();
  private Schema schema;
  private long rows;

  private IpcInput(Path path, FileByteSource source) throws IOException {
    this.path = path;
    this.source = source;
    this.messages = new IpcMessages(source);
  }

  /**
   * Opens a regular file and hops along its messages.
   *
   * @throws IOException if it is not a whole Arrow IPC file or stream, or one with dictionaries
   */
  public static IpcInput open(Path path) throws IOException {
    FileByteSource source = new FileByteSource(path.toString(), path);
    try {
      IpcInput input = new IpcInput(path, source);
      input.read();
      return input;
    } catch (IOException | RuntimeException | Error e) {
      source.close();
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
    target.append(source.channel(), batches, rows);
  }

  private void read() throws IOException {
    try {
      boolean file = messages.isFile();
      Footer footer = file ? readFooter() : null;
      readSchema();
      while (!(file && atEnd()) && readBatch()) {} // a file may do without the end mark
      if (!atEnd()) {
        throw messages.broken("bytes follow behind its end mark, was it made with cat?");
      }
      if (file) {
        compare(footer);
        schema = Schema.convertSchema(footer.schema()); // large metadata stand there alone
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException | AssertionError e) {
      throw new IOException(
          messages.broken(e.toString()).getMessage(), e); // flatbuffers' own checks
    }
  }

  private boolean atEnd() {
    return messages.position() == messages.end();
  }

  private Footer readFooter() throws IOException {
    Footer footer = messages.footer();
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
      throw messages.broken("its footer does not list the batches that stand in it");
    }
  }

  private void readSchema() throws IOException {
    Message message = next();
    if (message == null || message.headerType() != MessageHeader.Schema) {
      throw messages.broken("it does not begin with a schema");
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
    long start = messages.position();
    Message message = next();
    if (message == null) {
      return false;
    }
    if (message.headerType() == MessageHeader.DictionaryBatch) {
      throw dictionary();
    }
    if (message.headerType() != MessageHeader.RecordBatch) {
      throw messages.broken("the message at byte " + start + " is no record batch");
    }
    long body = message.bodyLength();
    long head = messages.position() - start;
    if (body < 0 || body > messages.end() - messages.position() || (body & 7) != 0) {
      throw messages.broken(
          "the record batch at byte " + start + " claims a body of " + body + " bytes");
    }
    RecordBatch batch = new RecordBatch();
    message.header(batch);
    if (batch.length() < 0) {
      throw messages.broken(
          "the record batch at byte " + start + " claims " + batch.length() + " rows");
    }
    rows += batch.length();
    batches.add(new ArrowBlock(start, (int) head, body));
    messages.position(start + head + body);
    return true;
  }

  /** The metadata of the message here; goes behind them. Null at the end mark. */
  private Message next() throws IOException {
    long start = messages.position();
    Message message = messages.next();
    if ((messages.position() & 7) != 0) {
      throw messages.broken("no message of Arrow 1.0 or newer stands at byte " + start);
    }
    if (message != null && message.version() != MetadataVersion.V5) {
      throw new IOException(path + ": its metadata are older than Arrow 1.0 writes; write it anew");
    }
    return message;
  }

  private IOException dictionary() {
    return new IOException(
        path + ": it holds dictionaries, which may differ from file to file; write it without");
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
