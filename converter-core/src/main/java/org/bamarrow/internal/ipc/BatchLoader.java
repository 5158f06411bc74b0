package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.base.ArrowLayout;

/**
 * Loads the columns of a record batch: reads the buffers of a column, decompresses and checks them
 * and transfers them to the vectors, which own them afterwards. Used for one batch.
 */
final class BatchLoader {
  /** Buffers are aligned to this number of bytes or less. */
  private static final int MAX_ALIGNMENT = 64;

  private final IpcMessages messages;
  private final long body;
  private final BatchMetadata batch;
  private final BufferAllocator allocator;
  private final CompressionCodec codec;
  private int node;
  private int buffer;
  private int count;
  private int firstBuffer;

  /** The buffers of the fields that are read. */
  private final BitSet wanted = new BitSet();

  private List<ArrowBuf> buffers;

  /**
   * @param body 0-based offset of the body
   */
  BatchLoader(IpcMessages messages, long body, BatchMetadata batch, BufferAllocator allocator) {
    this.messages = messages;
    this.body = body;
    this.batch = batch;
    this.allocator = allocator;
    this.codec =
        batch.codec() < 0
            ? null
            : Codecs.FACTORY.createCodec(CodecType.fromCompressionType(batch.codec()));
  }

  /**
   * Loads one column.
   *
   * @param index index of the top-level field in the batch
   * @param field the field as stored in the body
   * @param part the same, or with fewer fields in its structs
   * @param into a vector of {@code part}
   */
  void load(int index, Field field, Field part, FieldVector into) throws IOException {
    BatchMetadata.Column column = batch.column(index);
    firstBuffer = column.buffer();
    buffers = new ArrayList<>();
    try {
      start(column);
      want(field, part);
      read(batch.endOfBuffers(index));
      uncompress();
      start(column);
      load(field, part, into, batch.rows());
    } finally {
      buffers.forEach(ArrowBuf::close); // the vectors have references of their own
    }
    if (!field.isNullable() && into.getNullCount() > 0) {
      throw new IllegalArgumentException(
          "column " + field.getName() + " is not nullable but has nulls");
    }
  }

  private void start(BatchMetadata.Column column) {
    node = column.node();
    count = column.count();
    buffer = column.buffer();
  }

  /** Moves past the buffers of a field itself; returns their number. */
  private int passBuffers(Field field) {
    int own = ArrowLayout.buffers(field.getType(), false);
    if (ArrowLayout.isView(field.getType())) {
      own += (int) batch.variadic(count++);
    }
    buffer += own;
    return own;
  }

  /**
   * Determines which buffers are read.
   *
   * @param part null if the field is not read
   */
  private void want(Field field, Field part) {
    int own = passBuffers(field);
    if (part != null) {
      wanted.set(buffer - own, buffer);
    }
    for (int i = 0; i < field.getChildren().size(); i++) {
      want(field.getChildren().get(i), StructProjection.child(field, i, part));
    }
  }

  /**
   * Adjacent buffers are read at once and share one Arrow buffer. Those of a column are adjacent,
   * except for one that is that of an earlier column, too.
   */
  private void read(int end) throws IOException {
    for (int next = firstBuffer; next < end; ) {
      int first = next;
      long from = -1;
      long to = -1;
      for (; next < end; next++) {
        Buffer each = batch.buffer(next);
        if (each.length() == 0 || !wanted.get(next)) {
          continue;
        }
        if (from < 0) {
          from = each.offset();
        } else if (each.offset() < to || each.offset() - to >= MAX_ALIGNMENT) {
          break;
        }
        to = each.offset() + each.length();
      }
      read(first, next, from, to);
    }
  }

  private void read(int first, int end, long from, long to) throws IOException {
    try (ArrowBuf memory = allocator.buffer(to - from)) {
      if (from < to) {
        messages.read(body + from, memory, to - from);
      }
      for (int i = first; i < end; i++) {
        Buffer each = batch.buffer(i);
        if (each.length() == 0 || !wanted.get(i)) {
          buffers.add(allocator.getEmpty());
        } else {
          memory.getReferenceManager().retain();
          buffers.add(memory.slice(each.offset() - from, each.length()).writerIndex(each.length()));
        }
      }
    }
  }

  private void uncompress() {
    for (int i = 0; codec != null && i < buffers.size(); i++) {
      if (buffers.get(i).readableBytes() > 0) {
        buffers.set(i, codec.decompress(allocator, buffers.get(i)));
      }
    }
  }

  /**
   * @param part null if the field is not read, only passed
   * @param least minimum number of values
   */
  private void load(Field field, Field part, FieldVector into, long least) {
    FieldNode claimed = batch.node(node++);
    if (part == null) {
      passBuffers(field);
      field.getChildren().forEach(child -> load(child, null, null, 0));
      return;
    }
    ArrowType type = field.getType();
    int values = (int) claimed.length();
    if (values < least) {
      throw new IllegalArgumentException(
          String.format(
              "field %s has %d values, expected at least %d", field.getName(), values, least));
    }
    int from = buffer - firstBuffer;
    List<ArrowBuf> mine = buffers.subList(from, from + passBuffers(field));
    long below = BodyCheck.check(field, values, claimed.nullCount(), mine);
    into.loadFieldBuffers(new ArrowFieldNode(values, claimed.nullCount()), mine);
    Iterator<FieldVector> children = into.getChildrenFromFields().iterator();
    for (int i = 0; i < field.getChildren().size(); i++) {
      Field child = StructProjection.child(field, i, part);
      load(field.getChildren().get(i), child, child == null ? null : children.next(), below);
    }
    if (ArrowLayout.isRunEndEncoded(type)) {
      NewerVectors.checkRuns(into, values);
    }
  }
}
