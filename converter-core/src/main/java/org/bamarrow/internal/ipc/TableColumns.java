package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.base.ArrowLayout;
import org.bamarrow.io.ByteSource;

/**
 * Reads single columns, and fields of structs and lists, of a small Arrow table without
 * compression: no vectors are made, and the buffers of other columns are not read. For tables that
 * {@link TableBuilder} writes; throws runtime exceptions on data of another form. Not thread-safe.
 */
final class TableColumns {
  private final ByteSource source;
  private final IpcMessages messages;
  private final List<Field> fields;

  /** Null for a stream. */
  private final FileFooter file;

  private BatchMetadata batch;
  private int next;
  private long body;

  /** Bytes that may still be read of the batch; buffers of hostile tables may be shared. */
  private long left;

  /**
   * Reads the schema.
   *
   * @param source an Arrow IPC file or stream; stays the caller's
   * @throws IOException if it is not one
   */
  TableColumns(ByteSource source) throws IOException {
    this.source = source;
    this.messages = new IpcMessages(source);
    this.file = messages.isFile() ? FileFooter.read(messages) : null;
    IpcSchema schema = file == null ? schemaOfStream() : file.schema();
    this.fields = schema.fields().stream().map(ArrowLayout::stored).toList();
  }

  private IpcSchema schemaOfStream() throws IOException {
    Message first = messages.next();
    if (first == null || first.headerType() != MessageHeader.Schema) {
      throw messages.broken("it does not start with a schema message");
    }
    var header =
        (org.apache.arrow.flatbuf.Schema) first.header(new org.apache.arrow.flatbuf.Schema());
    return SchemaReader.read(header, Math.toIntExact(messages.position()));
  }

  /** Goes to the next batch; false after the last. */
  boolean next() throws IOException {
    if (file != null && next == file.batches().size()
        || file == null && messages.position() == source.size()) {
      return false;
    }
    Message message = file == null ? messages.next() : messages.at(file.batches().get(next++));
    if (message == null) {
      return false;
    }
    body = messages.position();
    long length = message.bodyLength();
    boolean plain =
        message.headerType() == MessageHeader.RecordBatch
            && message.version() >= MetadataVersion.V5
            && length >= 0
            && length <= source.size() - body;
    RecordBatch header = plain ? (RecordBatch) message.header(new RecordBatch()) : null;
    if (header == null || header.compression() != null) {
      throw messages.broken("a message that is not a record batch without compression");
    }
    batch = BatchMetadata.check(header, false, fields, length);
    messages.position(body + length);
    left = 2 * length;
    return true;
  }

  /** Number of rows of the batch. */
  int rows() {
    return batch.rows();
  }

  /**
   * A column of the batch; null if there is none.
   *
   * @param path names of a top-level column and of fields within it; the values of a list are
   *     skipped
   */
  TableColumn column(String... path) throws IOException {
    int node = 0;
    int buffer = 0;
    List<Field> level = fields;
    for (int depth = 0; depth < path.length; depth++) {
      Field found = null;
      for (Field field : level) {
        if (field.getName().equals(path[depth])) {
          found = field;
          break;
        }
        node += nodes(field);
        buffer += buffers(field);
      }
      if (found == null) {
        return null;
      }
      if (depth == path.length - 1) {
        return column(found, node, buffer);
      }
      while (found.getType() instanceof ArrowType.List) {
        node++;
        buffer += ArrowLayout.buffers(found.getType(), false);
        found = found.getChildren().get(0);
      }
      node++;
      buffer += ArrowLayout.buffers(found.getType(), false);
      level = found.getChildren();
    }
    return null;
  }

  private static int nodes(Field field) {
    int nodes = 1;
    for (Field child : field.getChildren()) {
      nodes += nodes(child);
    }
    return nodes;
  }

  private static int buffers(Field field) {
    if (ArrowLayout.isView(field.getType())) {
      throw new IllegalArgumentException("view " + field.getName());
    }
    int buffers = ArrowLayout.buffers(field.getType(), false);
    for (Field child : field.getChildren()) {
      buffers += buffers(child);
    }
    return buffers;
  }

  private TableColumn column(Field field, int node, int buffer) throws IOException {
    int own = ArrowLayout.buffers(field.getType(), false);
    ByteBuffer valid = batch.node(node).nullCount() == 0 ? null : bytes(batch.buffer(buffer));
    ByteBuffer second = own > 1 ? bytes(batch.buffer(buffer + 1)) : null;
    ByteBuffer third = own > 2 ? bytes(batch.buffer(buffer + 2)) : null;
    TableColumn column = new TableColumn(field.getType(), valid, second, third);
    int rows = Math.toIntExact(batch.node(node).length());
    return switch (field.getType().getTypeID()) {
      case Utf8 -> column.requireOffsets(rows, third.capacity());
      case List -> column.requireOffsets(rows, batch.node(node + 1).length());
      default -> column;
    };
  }

  private ByteBuffer bytes(Buffer buffer) throws IOException {
    left -= buffer.length();
    if (left < 0) {
      throw messages.broken("a record batch whose buffers are shared");
    }
    byte[] bytes = new byte[Math.toIntExact(buffer.length())];
    messages.read(body + buffer.offset(), bytes, bytes.length);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
