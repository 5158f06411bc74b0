package org.bamarrow.internal.ipc;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The metadata of a record batch, checked against the schema and the length of the body once, and
 * trusted from then on: as many nodes and buffers as the schema's fields have, every length within
 * its bounds, every buffer within the body.
 */
final class BatchMetadata {
  /** Where a column's nodes, buffers and counts of buffers stand among those of the batch. */
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
   * @param fields as they lie in a body, {@link Layout#stored}
   * @param body its length
   * @throws IllegalArgumentException (or another runtime exception, of flatbuffers) if something
   *     does not fit
   */
  static BatchMetadata check(
      RecordBatch batch, boolean unionValidity, List<Field> fields, long body) {
    BatchMetadata checked = new BatchMetadata(batch, unionValidity);
    if (batch.length() < 0 || batch.length() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("the batch claims " + batch.length() + " rows");
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
    require("counts of buffers", checked.counts, batch.variadicBufferCountsLength());
    checked.checkBuffers(body);
    if (batch.compression() != null
        && (batch.compression().method() != BodyCompressionMethod.BUFFER
            || batch.compression().codec() < 0
            || batch.compression().codec() >= CompressionType.names.length)) {
      throw new IllegalArgumentException(
          "the batch claims to be compressed in a way that the Arrow format does not know");
    }
    return checked;
  }

  private static void require(String what, long asked, long found) {
    if (asked != found) {
      throw new IllegalArgumentException(
          String.format("the schema asks for %d %s, the batch has %d", asked, what, found));
    }
  }

  /** Counts what a field has; its length. */
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
              "field %s claims %d values, %d of them null",
              field.getName(), length, node.nullCount()));
    }
    buffers += Layout.buffers(type, unionValidity);
    if (Layout.isView(type)) {
      long more = counts < batch.variadicBufferCountsLength() ? variadic(counts) : -1;
      if (more < 0 || more > batch.buffersLength()) {
        throw new IllegalArgumentException(
            "field " + field.getName() + " claims " + more + " data buffers");
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

  /** Buffers do not overlap, so together they are no longer than the body. */
  private void checkBuffers(long body) {
    long left = body;
    for (int i = 0; i < batch.buffersLength(); i++) {
      Buffer buffer = batch.buffers(i);
      long length = buffer.length();
      if (buffer.offset() < 0 || length < 0 || length > body - buffer.offset()) {
        throw new IllegalArgumentException(
            String.format(
                "buffer %d claims %d bytes from %d on of a body of %d",
                i, length, buffer.offset(), body));
      }
      left -= length;
    }
    if (left < 0) {
      throw new IllegalArgumentException("the buffers claim more bytes than the body has");
    }
  }

  /** Rows of the batch. */
  int rows() {
    return (int) batch.length();
  }

  /** Of the top-level field {@code index}. */
  Column column(int index) {
    return columns.get(index);
  }

  FieldNode node(int index) {
    return batch.nodes(index);
  }

  Buffer buffer(int index) {
    return batch.buffers(index);
  }

  /** Data buffers of a view field, which stand behind its other ones. */
  long variadic(int index) {
    return batch.variadicBufferCounts(index);
  }

  /** Where the buffers of the top-level field {@code index} end. */
  int endOfBuffers(int index) {
    return index + 1 < columns.size() ? columns.get(index + 1).buffer() : (int) buffers;
  }

  /** Arrow's number of the codec, or -1: not compressed. */
  byte codec() {
    return batch.compression() == null ? -1 : batch.compression().codec();
  }
}
