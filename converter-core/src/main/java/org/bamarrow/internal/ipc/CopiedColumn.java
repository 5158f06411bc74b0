package org.bamarrow.internal.ipc;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.base.ArrowLayout;

/**
 * A column, or a child of one, into which runs of values of loaded vectors are copied. Types are
 * normalized. Not thread-safe.
 */
abstract class CopiedColumn implements AutoCloseable {
  private final CopyBuffer validity;

  /** Of the source; null: no value is null. */
  private ArrowBuf valid;

  private int values;
  private int nulls;

  CopiedColumn(BufferAllocator allocator) {
    validity = new CopyBuffer(allocator);
  }

  static CopiedColumn of(Field field, BufferAllocator allocator) {
    ArrowType type = field.getType();
    return switch (type.getTypeID()) {
      case Null -> new CopiedValues.Nulls(allocator);
      case Struct -> new Struct(field, allocator);
      case List, Map -> new Lists(field, allocator);
      case Utf8, Binary -> new CopiedValues.Bytes(Integer.BYTES, allocator);
      case LargeUtf8, LargeBinary -> new CopiedValues.Bytes(Long.BYTES, allocator);
      case Bool -> new CopiedValues.Bits(allocator);
      default -> new CopiedValues.Fixed(ArrowLayout.bits(type) / 8, allocator);
    };
  }

  /** Moves to the values that the vector holds now, until it is loaded again. */
  void bind(FieldVector source) {
    valid = source.getNullCount() == 0 ? null : source.getValidityBuffer();
  }

  /** Approximate number of bytes of values of the source. */
  abstract long bytes(int from, int count);

  abstract void copy(int from, int count);

  /** Number of values copied before the current run. */
  final int values() {
    return values;
  }

  /** Copies a run of values. */
  final void append(int from, int count) {
    if (count > 0) {
      validity.reserve(values + count + 7L >> 3);
      nulls += count - BitRuns.copy(valid, from, validity.memory(), values, count);
      copy(from, count);
      values += count;
    }
  }

  /** Hands over what was copied; the column is empty afterwards. */
  final void take(List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
    nodes.add(new ArrowFieldNode(values, nulls));
    if (nulls == 0) {
      validity.close();
    }
    takeAll(validity, nodes, buffers);
    values = 0;
    nulls = 0;
  }

  /** Adds the buffers, validity first, then what children have. */
  abstract void takeAll(CopyBuffer bits, List<ArrowFieldNode> nodes, List<ArrowBuf> buffers);

  @Override
  public void close() {
    validity.close();
  }

  private static final class Lists extends CopiedColumn {
    private final CopyOffsets offsets;
    private final CopiedColumn elements;

    Lists(Field field, BufferAllocator allocator) {
      super(allocator);
      offsets = new CopyOffsets(Integer.BYTES, allocator);
      elements = CopiedColumn.of(field.getChildren().get(0), allocator);
    }

    @Override
    void bind(FieldVector vector) {
      super.bind(vector);
      offsets.bind(vector.getOffsetBuffer());
      elements.bind(vector.getChildrenFromFields().get(0));
    }

    @Override
    long bytes(int from, int count) {
      int start = (int) offsets.at(from);
      return offsets.bytes(count) + elements.bytes(start, (int) offsets.at(from + count) - start);
    }

    @Override
    void copy(int from, int count) {
      int start = (int) offsets.at(from);
      offsets.append(from, count);
      elements.append(start, (int) offsets.at(from + count) - start);
    }

    @Override
    void takeAll(CopyBuffer bits, List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
      buffers.add(bits.take());
      buffers.add(offsets.take());
      elements.take(nodes, buffers);
    }

    @Override
    public void close() {
      super.close();
      offsets.close();
      elements.close();
    }
  }

  /** Has some of the fields of the source, which has each by its name. */
  private static final class Struct extends CopiedColumn {
    private final List<String> names;
    private final List<CopiedColumn> fields = new ArrayList<>();

    Struct(Field field, BufferAllocator allocator) {
      super(allocator);
      names = field.getChildren().stream().map(Field::getName).toList();
      field.getChildren().forEach(child -> fields.add(CopiedColumn.of(child, allocator)));
    }

    @Override
    void bind(FieldVector vector) {
      super.bind(vector);
      List<FieldVector> children = vector.getChildrenFromFields();
      for (int i = 0; i < fields.size(); i++) {
        fields.get(i).bind(child(children, i));
      }
    }

    private FieldVector child(List<FieldVector> children, int index) {
      String name = names.get(index);
      if (index < children.size() && children.get(index).getName().equals(name)) {
        return children.get(index);
      }
      return children.stream()
          .filter(each -> each.getName().equals(name))
          .findFirst()
          .orElseThrow();
    }

    @Override
    long bytes(int from, int count) {
      long bytes = 0;
      for (CopiedColumn field : fields) {
        bytes += field.bytes(from, count);
      }
      return bytes;
    }

    @Override
    void copy(int from, int count) {
      for (CopiedColumn field : fields) {
        field.append(from, count);
      }
    }

    @Override
    void takeAll(CopyBuffer bits, List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
      buffers.add(bits.take());
      fields.forEach(field -> field.take(nodes, buffers));
    }

    @Override
    public void close() {
      super.close();
      fields.forEach(CopiedColumn::close);
    }
  }
}
