package org.bamarrow.spark.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.TypeLayout;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowBodyCompression;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowFooter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.io.ByteSource;
import org.bamarrow.ipc.Codecs;
import org.bamarrow.ipc.IpcMessages;
import org.bamarrow.read.BamSplit;

/**
 * The record batches of an Arrow IPC file or stream, told apart by the first bytes; of a file those
 * that start in a split. The bytes of columns that are not wanted are not read. One thread.
 */
public final class ArrowBatches implements Closeable {
  private static final int PIECE = 1 << 20;

  /** Where a column's nodes and buffers stand among those of a batch. */
  private record Place(int node, int nodes, int buffer, int buffers) {}

  private final ByteSource source;
  private final IpcMessages messages;
  private final Schema schema;
  private final List<ArrowBlock> blocks;
  private final byte[] piece = new byte[PIECE];
  private List<Place> places;
  private BufferAllocator allocator;
  private VectorSchemaRoot root;
  private int block;

  private ArrowBatches(ByteSource source) throws IOException {
    this.source = source;
    this.messages = new IpcMessages(source);
    Message first = messages.next();
    blocks = messages.isFile() ? new ArrowFooter(messages.footer()).getRecordBatches() : null;
    if (first == null || first.headerType() != MessageHeader.Schema) {
      throw messages.broken("it does not begin with a schema");
    }
    var header = new org.apache.arrow.flatbuf.Schema();
    first.header(header);
    schema = Schema.convertSchema(header);
    requirePlain(schema.getFields());
  }

  /**
   * Reads the schema.
   *
   * @param source owned from here on, also where this fails
   * @throws IOException if it is not a whole Arrow IPC file or stream, or one with dictionaries
   */
  public static ArrowBatches open(ByteSource source) throws IOException {
    try {
      return new ArrowBatches(source);
    } catch (IOException | RuntimeException e) {
      try (source) {
        throw e instanceof IOException
            ? (IOException) e
            : IpcMessages.broken(source, e.toString(), e);
      }
    }
  }

  public Schema schema() {
    return schema;
  }

  /**
   * Says what to read, before the first batch.
   *
   * @param columns names, each of the schema
   * @param split the batches that start in it; a stream has all of them in its first
   * @param memory stays the caller's
   */
  void select(List<String> columns, BamSplit split, BufferAllocator memory) {
    List<Place> all = new ArrayList<>();
    int node = 0;
    int buffer = 0;
    for (Field field : schema.getFields()) {
      Place place = new Place(node, nodes(field), buffer, buffers(field));
      all.add(place);
      node += place.nodes;
      buffer += place.buffers;
    }
    places = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    for (String column : columns) {
      Field field = schema.findField(column);
      fields.add(field);
      places.add(all.get(schema.getFields().indexOf(field)));
    }
    allocator = memory;
    root = VectorSchemaRoot.create(new Schema(fields), memory);
    if (!messages.isFile()) {
      if (split.begin() > 0) {
        messages.position(source.size());
      }
    } else {
      blocks.removeIf(
          found -> found.getOffset() < split.begin() || found.getOffset() >= split.end());
    }
  }

  private static int nodes(Field field) {
    return 1 + field.getChildren().stream().mapToInt(ArrowBatches::nodes).sum();
  }

  private static int buffers(Field field) {
    return TypeLayout.getTypeBufferCount(field.getType())
        + field.getChildren().stream().mapToInt(ArrowBatches::buffers).sum();
  }

  private void requirePlain(List<Field> fields) throws IOException {
    for (Field field : fields) {
      if (field.getDictionary() != null
          || !TypeLayout.getTypeLayout(field.getType()).isFixedBufferCount()) {
        throw new IOException(
            String.format(
                "%s: column %s is dictionary-encoded or of a view type, which Spark does not read;"
                    + " write it as plain values",
                source.name(), field.getName()));
      }
      requirePlain(field.getChildren());
    }
  }

  /** The vectors; the same ones with other rows after each {@link #next}. */
  VectorSchemaRoot root() {
    return root;
  }

  /** Loads the next batch. */
  boolean next() throws IOException {
    try {
      if (!messages.isFile()) {
        if (messages.position() == source.size()) {
          return false; // the end mark may be missing
        }
      } else if (block == blocks.size()) {
        return false;
      } else {
        messages.position(blocks.get(block++).getOffset());
      }
      Message message = messages.next();
      if (message == null) {
        return false;
      }
      if (message.headerType() != MessageHeader.RecordBatch) {
        throw messages.broken(
            "the message before byte " + messages.position() + " is no record batch");
      }
      load(message);
      return true;
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) { // of Arrow, on bad data
      throw IpcMessages.broken(source, e.toString(), e);
    }
  }

  private void load(Message message) throws IOException {
    long at = messages.position();
    long body = message.bodyLength();
    if (body < 0 || body > source.size() - at) {
      throw messages.broken("a record batch claims a body of " + body + " bytes");
    }
    RecordBatch batch = (RecordBatch) message.header(new RecordBatch());
    List<ArrowFieldNode> nodes = new ArrayList<>();
    List<ArrowBuf> buffers = new ArrayList<>();
    try {
      for (Place place : places) {
        for (int i = place.node; i < place.node + place.nodes; i++) {
          FieldNode node = batch.nodes(i);
          nodes.add(new ArrowFieldNode(node.length(), node.nullCount()));
        }
        readColumn(batch, place, body, buffers);
      }
      try (ArrowRecordBatch loaded =
          new ArrowRecordBatch(
              Math.toIntExact(batch.length()), nodes, buffers, compression(batch), false)) {
        new VectorLoader(root, Codecs.FACTORY).load(loaded);
      }
    } finally {
      buffers.forEach(ArrowBuf::close); // the batch and the vectors have references of their own
    }
    messages.position(at + body);
  }

  private static ArrowBodyCompression compression(RecordBatch batch) {
    return batch.compression() == null
        ? NoCompressionCodec.DEFAULT_BODY_COMPRESSION
        : new ArrowBodyCompression(batch.compression().codec(), batch.compression().method());
  }

  /** A column's buffers stand together, so they come by one read and share one piece of memory. */
  private void readColumn(RecordBatch batch, Place place, long body, List<ArrowBuf> into)
      throws IOException {
    long from = body;
    long to = 0;
    for (int i = place.buffer; i < place.buffer + place.buffers; i++) {
      Buffer buffer = batch.buffers(i);
      if (buffer.offset() < 0 || buffer.length() < 0 || buffer.length() > body - buffer.offset()) {
        throw messages.broken("a buffer lies outside of its record batch");
      }
      if (buffer.length() > 0) {
        from = Math.min(from, buffer.offset());
        to = Math.max(to, buffer.offset() + buffer.length());
      }
    }
    try (ArrowBuf memory = allocator.buffer(Math.max(0, to - from))) {
      for (long done = from; done < to; ) {
        int length = (int) Math.min(piece.length, to - done);
        messages.read(messages.position() + done, piece, length);
        memory.setBytes(done - from, piece, 0, length);
        done += length;
      }
      for (int i = place.buffer; i < place.buffer + place.buffers; i++) {
        Buffer buffer = batch.buffers(i);
        if (buffer.length() == 0) {
          into.add(allocator.getEmpty());
        } else {
          memory.getReferenceManager().retain();
          into.add(memory.slice(buffer.offset() - from, buffer.length()));
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (source) {
      if (root != null) {
        root.close();
      }
    }
  }
}
