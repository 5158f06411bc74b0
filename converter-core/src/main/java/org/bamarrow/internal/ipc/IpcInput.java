package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.internal.base.ArrowLayout;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.io.ArrowFormatException;
import org.bamarrow.io.FileByteSource;

/**
 * The locations of the record batch messages of an Arrow IPC file or stream, for appending them to
 * an {@link IpcOutput} without decoding. The metadata of every batch are checked as for reading
 * ({@link BatchMetadata}); the bodies are not read. Not thread-safe.
 */
public final class IpcInput implements AutoCloseable {
  private final Path path;
  private final FileByteSource source;
  private final IpcMessages messages;
  private final List<ArrowBlock> batches = new ArrayList<>();
  private Schema schema;
  private List<Field> stored;
  private long rows;
  private List<Zone> zones;
  private long start = ArrowFormatException.UNKNOWN;

  private IpcInput(Path path, FileByteSource source) throws IOException {
    this.path = path;
    this.source = source;
    this.messages = new IpcMessages(source);
  }

  /**
   * Opens a regular file and reads the metadata of its messages.
   *
   * @throws IOException if it is not a complete Arrow IPC file or stream, or has dictionaries
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

  /** Number of rows of all batches. */
  public long rows() {
    return rows;
  }

  public int batches() {
    return batches.size();
  }

  /** Appends all batches to {@code target} without decoding them. */
  public void appendTo(IpcOutput target) throws IOException {
    target.append(source.channel(), batches, rows, zones);
  }

  private void read() throws IOException {
    try {
      FileFooter file = messages.isFile() ? FileFooter.read(messages) : null;
      if (file == null || messages.atMessage()) {
        readSchema();
      } else { // polars 2 writes the first schema differently; the footer is authoritative
        goToFirst(file);
      }
      use(file == null ? schema : file.schema().toArrow());
      while (!(file != null && atEnd())
          && readBatch()) {} // the end-of-stream marker of a file is optional
      if (!atEnd()) {
        throw messages.broken(
            "data after the end-of-stream marker; the file was probably made with cat");
      }
      if (file != null) {
        compare(file);
        zones = file.zoneMap(source.name());
        schema = file.schema().toArrow(); // large metadata are only in the footer
      }
    } catch (RuntimeException | AssertionError e) { // of flatbuffers and Arrow, on bad data
      throw messages.broken(start, IpcBatches.said(e), e);
    }
  }

  private boolean atEnd() {
    return messages.position() == messages.end();
  }

  private void goToFirst(FileFooter file) {
    long first = messages.end();
    for (FileFooter.Block each : file.batches()) {
      first = Math.min(first, each.offset());
    }
    messages.position(first);
  }

  private void use(Schema found) throws IOException {
    schema = found;
    stored = schema.getFields().stream().map(ArrowLayout::stored).toList();
    if (schema.getFields().stream().anyMatch(IpcInput::hasDictionary)) {
      throw dictionary();
    }
  }

  private static boolean hasDictionary(Field field) {
    return field.getDictionary() != null
        || field.getChildren().stream().anyMatch(IpcInput::hasDictionary);
  }

  /** The footer must list exactly the batches of the file. */
  private void compare(FileFooter file) throws IOException {
    boolean same = file.batches().size() == batches.size();
    for (int i = 0; i < batches.size() && same; i++) {
      same = file.batches().get(i).offset() == batches.get(i).getOffset();
    }
    if (!same) {
      throw messages.broken("the footer does not match the batches of the file");
    }
  }

  private void readSchema() throws IOException {
    Message message = next();
    if (message == null || message.headerType() != MessageHeader.Schema) {
      throw messages.broken("it does not start with a schema message");
    }
    org.apache.arrow.flatbuf.Schema header = new org.apache.arrow.flatbuf.Schema();
    message.header(header);
    schema = SchemaReader.read(header, Math.toIntExact(messages.position())).toArrow();
  }

  /** Reads the metadata of the next batch; false at the end-of-stream marker. */
  private boolean readBatch() throws IOException {
    start = messages.position();
    Message message = next();
    if (message == null) {
      return false;
    }
    if (message.headerType() == MessageHeader.DictionaryBatch) {
      throw dictionary();
    }
    if (message.headerType() != MessageHeader.RecordBatch) {
      throw messages.broken(start, "message is not a record batch", null);
    }
    long body = message.bodyLength();
    long head = messages.position() - start;
    if (body < 0 || body > messages.end() - messages.position() || (body & 7) != 0) {
      throw messages.broken(start, "invalid body length of " + body + " bytes", null);
    }
    RecordBatch batch = (RecordBatch) message.header(new RecordBatch());
    rows += BatchMetadata.check(batch, false, stored, body).rows();
    batches.add(new ArrowBlock(start, (int) head, body));
    messages.position(start + head + body);
    return true;
  }

  /** Reads the metadata of the next message; null at the end-of-stream marker. */
  private Message next() throws IOException {
    long at = messages.position();
    Message message = messages.next();
    if ((messages.position() & 7) != 0) {
      throw messages.broken("no message of Arrow 1.0 or newer at byte " + at);
    }
    if (message != null && message.version() != MetadataVersion.V5) {
      throw new IOException(
          path + ": metadata version before V5 (Arrow 1.0) is not supported; rewrite the file");
    }
    return message;
  }

  private IOException dictionary() {
    return new IOException(
        path
            + ": dictionaries are not supported, since they may differ between files; write it"
            + " without them");
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
