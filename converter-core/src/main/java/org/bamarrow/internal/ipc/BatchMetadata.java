package org.bamarrow.internal.ipc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.base.ArrowLayout;

/**
 * The metadata of a record batch, checked once against the schema and the length of the body: the
 * numbers of nodes and buffers match the fields of the schema, every length is within its bounds,
 * and every buffer is within the body.
 */
final class BatchMetadata {
  /** Indices of the first node, buffer and variadic buffer count of a column in the batch. */
  record Column(int node, int buffer, int count) {}

  private final RecordBatch batch;
  private final boolean unionValidity;
  private final List<Column> columns = new ArrayList<>();
  private int nodes;
  private long buffers;
  private int counts;

  private BatchMetadata(RecordBatch batch, boolean unionValidity) {
    this.batch = batch;
    this.unionValidity = unionValidity;
  }

  /**
   * Checks the metadata.
   *
   * @param fields the fields as stored in a body, {@link ArrowLayout#stored}
   * @param body length of the body in bytes
   * @throws IllegalArgumentException (or another runtime exception of flatbuffers) if the metadata
   *     are invalid
   */
  static BatchMetadata check(
      RecordBatch batch, boolean unionValidity, List<Field> fields, long body) {
    BatchMetadata checked = new BatchMetadata(batch, unionValidity);
    if (batch.length() < 0 || batch.length() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("invalid number of rows: " + batch.length());
    }
    for (Field field : fields) {
      checked.columns.add(
          new Column(checked.nodes, Math.toIntExact(checked.buffers), checked.counts));
      long length = checked.walk(field);
      if (length != batch.length()) {
        throw new IllegalArgumentException(
            String.format(
                "column %s has %d rows, the batch %d", field.getName(), length, batch.length()));
      }
    }
    require("nodes", checked.nodes, batch.nodesLength());
    require("buffers", checked.buffers, batch.buffersLength());
    if (checked.counts > 0) {
      require("variadic buffer counts", checked.counts, NewerVectors.variadicCounts(batch));
    }
    checked.checkBuffers(body);
    if (batch.compression() != null
        && (batch.compression().method() != BodyCompressionMethod.BUFFER
            || batch.compression().codec() < 0
            || batch.compression().codec() >= CompressionType.names.length)) {
      throw new IllegalArgumentException("unknown compression of the batch");
    }
    return checked;
  }

  private static void require(String what, long expected, long found) {
    if (expected != found) {
      throw new IllegalArgumentException(
          String.format("the schema requires %d %s, the batch has %d", expected, what, found));
    }
  }

  /** Counts the nodes and buffers of a field; returns its length. */
  private long walk(Field field) {
    ArrowType type = field.getType();
    if (nodes >= batch.nodesLength()) {
      throw new IllegalArgumentException("the batch has too few nodes for the schema");
    }
    FieldNode node = batch.nodes(nodes++);
    long length = node.length();
    if (length < 0
        || length > Integer.MAX_VALUE
        || node.nullCount() < 0
        || node.nullCount() > length) {
      throw new IllegalArgumentException(
          String.format(
              "field %s has invalid lengths: %d values, %d of them null",
              field.getName(), length, node.nullCount()));
    }
    buffers += ArrowLayout.buffers(type, unionValidity);
    if (ArrowLayout.isView(type)) {
      long more = counts < NewerVectors.variadicCounts(batch) ? variadic(counts) : -1;
      if (more < 0 || more > batch.buffersLength()) {
        throw new IllegalArgumentException(
            "field " + field.getName() + " has an invalid number of data buffers: " + more);
      }
      counts++;
      buffers += more;
    }
    for (Field child : field.getChildren()) {
      long below = walk(child);
      if (type instanceof ArrowType.Struct && below < length) {
        throw new IllegalArgumentException(
            String.format(
                "struct %s has %d values, its field %s %d",
                field.getName(), length, child.getName(), below));
      }
    }
    return length;
  }

  /**
   * Buffers are equal or do not overlap, so different ones are together no longer than the body.
   */
  private void checkBuffers(long body) {
    long left = body;
    Map<Long, Long> lengths = new HashMap<>();
    for (int i = 0; i < batch.buffersLength(); i++) {
      Buffer buffer = batch.buffers(i);
      long length = buffer.length();
      if (buffer.offset() < 0 || length < 0 || length > body - buffer.offset()) {
        throw new IllegalArgumentException(
            String.format(
                "buffer %d has %d bytes at offset %d, outside of the body of %d bytes",
                i, length, buffer.offset(), body));
      }
      Long same = length == 0 ? null : lengths.putIfAbsent(buffer.offset(), length);
      left -= same != null && same == length ? 0 : length;
    }
    if (left < 0) {
      throw new IllegalArgumentException("the buffers have more bytes than the body");
    }
  }

  /** Number of rows of the batch. */
  int rows() {
    return (int) batch.length();
  }

  /** The indices of the top-level field {@code index}. */
  Column column(int index) {
    return columns.get(index);
  }

  FieldNode node(int index) {
    return batch.nodes(index);
  }

  Buffer buffer(int index) {
    return batch.buffers(index);
  }

  /** Number of data buffers of a view field; they follow its other buffers. */
  long variadic(int index) {
    return NewerVectors.variadicCount(batch, index);
  }

  /** Index after the last buffer of the top-level field {@code index}. */
  int endOfBuffers(int index) {
    return index + 1 < columns.size() ? columns.get(index + 1).buffer() : (int) buffers;
  }

  /** Arrow's id of the codec; -1 if the batch is not compressed. */
  byte codec() {
    return batch.compression() == null ? -1 : batch.compression().codec();
  }
}
