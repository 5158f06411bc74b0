package org.bamarrow.internal.ipc;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/** The {@link CopiedColumn}s without children. */
final class CopiedValues {
  private CopiedValues() {}

  /** Has no buffers. */
  static final class Nulls extends CopiedColumn {
    Nulls(BufferAllocator allocator) {
      super(allocator);
    }

    @Override
    long bytes(int from, int count) {
      return 0;
    }

    @Override
    void copy(int from, int count) {}

    @Override
    void bind(FieldVector source) {}

    @Override
    void takeAll(CopyBuffer bits, List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
      bits.close();
      int last = nodes.size() - 1;
      nodes.set(last, new ArrowFieldNode(nodes.get(last).getLength(), nodes.get(last).getLength()));
    }
  }

  /** Values of a fixed number of bytes. */
  static final class Fixed extends CopiedColumn {
    private final int width;
    private final CopyBuffer data;
    private ArrowBuf source;

    Fixed(int width, BufferAllocator allocator) {
      super(allocator);
      if (width <= 0) {
        throw new IllegalArgumentException("rows with such a type cannot be copied");
      }
      this.width = width;
      data = new CopyBuffer(allocator);
    }

    @Override
    void bind(FieldVector vector) {
      super.bind(vector);
      source = vector.getDataBuffer();
    }

    @Override
    long bytes(int from, int count) {
      return (long) width * count;
    }

    @Override
    void copy(int from, int count) {
      data.append(source, (long) width * from, (long) width * count);
    }

    @Override
    void takeAll(CopyBuffer bits, List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
      buffers.add(bits.take());
      buffers.add(data.take());
    }

    @Override
    public void close() {
      super.close();
      data.close();
    }
  }

  static final class Bits extends CopiedColumn {
    private final CopyBuffer data;
    private ArrowBuf source;

    Bits(BufferAllocator allocator) {
      super(allocator);
      data = new CopyBuffer(allocator);
    }

    @Override
    void bind(FieldVector vector) {
      super.bind(vector);
      source = vector.getDataBuffer();
    }

    @Override
    long bytes(int from, int count) {
      return count / 8;
    }

    @Override
    void copy(int from, int count) {
      data.reserve(values() + count + 7L >> 3);
      BitRuns.copy(source, from, data.memory(), values(), count);
    }

    @Override
    void takeAll(CopyBuffer bits, List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
      buffers.add(bits.take());
      buffers.add(data.take());
    }

    @Override
    public void close() {
      super.close();
      data.close();
    }
  }

  /** Text and binary values. */
  static final class Bytes extends CopiedColumn {
    private final CopyOffsets offsets;
    private final CopyBuffer data;
    private ArrowBuf source;

    Bytes(int width, BufferAllocator allocator) {
      super(allocator);
      offsets = new CopyOffsets(width, allocator);
      data = new CopyBuffer(allocator);
    }

    @Override
    void bind(FieldVector vector) {
      super.bind(vector);
      offsets.bind(vector.getOffsetBuffer());
      source = vector.getDataBuffer();
    }

    @Override
    long bytes(int from, int count) {
      return offsets.bytes(count) + offsets.at(from + count) - offsets.at(from);
    }

    @Override
    void copy(int from, int count) {
      long start = offsets.at(from);
      offsets.append(from, count);
      data.append(source, start, offsets.at(from + count) - start);
    }

    @Override
    void takeAll(CopyBuffer bits, List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
      buffers.add(bits.take());
      buffers.add(offsets.take());
      buffers.add(data.take());
    }

    @Override
    public void close() {
      super.close();
      offsets.close();
      data.close();
    }
  }
}
