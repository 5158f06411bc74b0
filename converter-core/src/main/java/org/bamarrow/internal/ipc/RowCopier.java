package org.bamarrow.internal.ipc;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Makes record batches of rows of others: runs of consecutive rows are copied column by column, as
 * bytes. Not thread-safe.
 */
public final class RowCopier implements AutoCloseable {
  private final List<CopiedColumn> columns = new ArrayList<>();
  private int rows;
  private long bytes;

  /**
   * @param fields of the batches, of normalized types
   * @param allocator stays the caller's
   */
  public RowCopier(List<Field> fields, BufferAllocator allocator) {
    fields.forEach(field -> columns.add(CopiedColumn.of(field, allocator)));
  }

  /**
   * Moves to other rows.
   *
   * @param vectors in the order of the fields; stay the caller's, and unchanged until the next call
   */
  public void bind(List<FieldVector> vectors) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).bind(vectors.get(i));
    }
  }

  /** Number of rows copied since the last {@link #take}. */
  public int rows() {
    return rows;
  }

  /**
   * Number of rows of a run that can be copied without exceeding a number of bytes; at least one
   * for an empty batch, since rows are not divided.
   *
   * @param from first row of the run
   * @param count number of rows of the run
   * @param most maximum number of bytes of the batch, approximately
   */
  public int fitting(int from, int count, long most) {
    if (bytes + bytesOf(from, count) <= most) {
      return count;
    }
    int fit = 0;
    for (int step = Integer.highestOneBit(count); step > 0; step >>= 1) {
      if (fit + step < count && bytes + bytesOf(from, fit + step) <= most) {
        fit += step;
      }
    }
    return rows == 0 ? Math.max(1, fit) : fit;
  }

  private long bytesOf(int from, int count) {
    long all = 0;
    for (CopiedColumn column : columns) {
      all += column.bytes(from, count);
    }
    return all;
  }

  /** Copies a run of rows. */
  public void append(int from, int count) {
    bytes += bytesOf(from, count);
    for (CopiedColumn column : columns) {
      column.append(from, count);
    }
    rows += count;
  }

  /** The rows copied since the last call as a batch, which the caller closes. */
  public ArrowRecordBatch take() {
    List<ArrowFieldNode> nodes = new ArrayList<>();
    List<ArrowBuf> buffers = new ArrayList<>();
    try {
      columns.forEach(column -> column.take(nodes, buffers));
      return new ArrowRecordBatch(rows, nodes, buffers);
    } finally {
      buffers.forEach(ArrowBuf::close); // the batch has references of its own
      rows = 0;
      bytes = 0;
    }
  }

  @Override
  public void close() {
    columns.forEach(CopiedColumn::close);
  }
}
