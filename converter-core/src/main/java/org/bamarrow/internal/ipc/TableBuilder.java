package org.bamarrow.internal.ipc;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * A record batch made from arrays, without the vectors and schemas of Arrow, which take longer to
 * load than a small file takes to convert. Columns are added in the order of the schema; a struct
 * or list is opened before its fields are added. Used once.
 */
final class TableBuilder implements AutoCloseable {
  private final BufferAllocator allocator;
  private final int rows;
  private final List<ArrowFieldNode> nodes = new ArrayList<>();
  private final List<ArrowBuf> buffers = new ArrayList<>();

  TableBuilder(BufferAllocator allocator, int rows) {
    this.allocator = allocator;
    this.rows = rows;
  }

  /** The batch, owned by the caller. */
  ArrowRecordBatch batch() {
    return new ArrowRecordBatch(rows, nodes, buffers);
  }

  /**
   * Adds a column of signed integers.
   *
   * @param size of a value in bytes
   * @param valid which values are not null; null: all
   */
  Field integers(String name, int size, long[] values, boolean[] valid) {
    return values(name, new ArrowType.Int(8 * size, true), size, values, valid);
  }

  /** Adds a column of values whose bits are the low bits of {@code values}. */
  Field values(String name, ArrowType type, int size, long[] values, boolean[] valid) {
    node(values.length, valid);
    ArrowBuf data = buffer((long) size * values.length);
    for (int i = 0; i < values.length; i++) {
      long value = valid == null || valid[i] ? values[i] : 0;
      switch (size) {
        case 8 -> data.setLong(8L * i, value);
        case 4 -> data.setInt(4L * i, (int) value);
        case 2 -> data.setShort(2L * i, (short) value);
        default -> data.setByte(i, (byte) value);
      }
    }
    return field(name, type, valid != null);
  }

  Field booleans(String name, boolean[] values) {
    node(values.length, null);
    bits(values);
    return field(name, ArrowType.Bool.INSTANCE, false);
  }

  /** Adds a column of text in UTF-8, with nulls. */
  Field texts(String name, ArrowType type, byte[][] values) {
    boolean[] valid = new boolean[values.length];
    long bytes = 0;
    for (int i = 0; i < values.length; i++) {
      valid[i] = values[i] != null;
      bytes += valid[i] ? values[i].length : 0;
    }
    node(values.length, valid);
    ArrowBuf offsets = buffer(4L * (values.length + 1));
    ArrowBuf data = buffer(bytes);
    int end = 0;
    for (int i = 0; i < values.length; i++) {
      offsets.setInt(4L * i, end);
      if (valid[i]) {
        data.setBytes(end, values[i]);
        end += values[i].length;
      }
    }
    offsets.setInt(4L * values.length, end);
    return field(name, type, true);
  }

  /** Opens a struct without nulls, to be followed by its fields. */
  void openStruct(int length) {
    node(length, null);
  }

  /**
   * Opens a list, to be followed by a struct.
   *
   * @param counts number of elements of each value, 0 for null
   */
  void openList(int[] counts, boolean[] valid) {
    node(counts.length, valid);
    ArrowBuf offsets = buffer(4L * (counts.length + 1));
    int end = 0;
    for (int i = 0; i < counts.length; i++) {
      offsets.setInt(4L * i, end);
      end += counts[i];
    }
    offsets.setInt(4L * counts.length, end);
  }

  static Field struct(String name, List<Field> fields) {
    return new Field(name, FieldType.notNullable(ArrowType.Struct.INSTANCE), fields);
  }

  /** A list of structs. */
  static Field list(String name, List<Field> fields) {
    return new Field(
        name, FieldType.nullable(ArrowType.List.INSTANCE), List.of(struct("item", fields)));
  }

  private static Field field(String name, ArrowType type, boolean nullable) {
    return new Field(name, new FieldType(nullable, type, null), null);
  }

  private void node(int length, boolean[] valid) {
    int nulls = 0;
    for (int i = 0; valid != null && i < length; i++) {
      nulls += valid[i] ? 0 : 1;
    }
    nodes.add(new ArrowFieldNode(length, nulls));
    if (nulls > 0) {
      bits(valid);
    } else {
      buffers.add(allocator.getEmpty());
    }
  }

  private void bits(boolean[] values) {
    ArrowBuf bits = buffer(values.length + 7 >> 3);
    bits.setZero(0, bits.writerIndex());
    for (int i = 0; i < values.length; i++) {
      if (values[i]) {
        bits.setByte(i >> 3, bits.getByte(i >> 3) | 1 << (i & 7));
      }
    }
  }

  private ArrowBuf buffer(long size) {
    if (size == 0) {
      buffers.add(allocator.getEmpty());
      return allocator.getEmpty();
    }
    long padded = size + 7 & ~7L;
    ArrowBuf buffer = allocator.buffer(padded);
    buffer.setZero(size, padded - size); // it may be written, if the next buffer is adjacent
    buffers.add(buffer.writerIndex(size));
    return buffer;
  }

  /** Frees the memory; a batch that is still open keeps it. */
  @Override
  public void close() {
    buffers.forEach(ArrowBuf::close);
  }
}
