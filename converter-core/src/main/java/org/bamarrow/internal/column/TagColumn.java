package org.bamarrow.internal.column;

import java.io.IOException;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.bam.AuxCursor;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;

/** One field of the {@code tags} struct; null in rows for which {@link #take} is not called. */
abstract class TagColumn extends TypedTag {
  TagColumn(TagType type) {
    super(type);
  }

  static TagColumn of(TagType type, BatchMemory memory) {
    return switch (type.type()) {
      case 'i', 'f' -> new Number(type, memory);
      case 'B' -> new Array(type, memory);
      default -> new Text(type, memory);
    };
  }

  @Override
  abstract void take(AuxCursor aux, byte[] data, int row) throws IOException;

  /** Called after the last row. */
  void finish(RecordSlice slice, int first, boolean latin1) throws IOException {}

  abstract void emit(BatchBuilder out) throws IOException;

  /** Integers of all widths as int64, and f as float32. */
  private static final class Number extends TagColumn {
    private final Validity validity;
    private final GrowableBuffer values;
    private final int width;
    private int rows;

    /** The row after the last one that has a value or is null. */
    private int next;

    Number(TagType type, BatchMemory memory) {
      super(type);
      validity = new Validity(memory);
      values = memory.newBuffer();
      width = type.type() == 'i' ? 8 : 4;
    }

    @Override
    void begin(int count) throws IOException {
      super.begin(count);
      rows = count;
      next = 0;
      validity.allValid(rows);
      values.clear();
      values.reserve((long) width * rows);
    }

    @Override
    void take(AuxCursor aux, byte[] data, int row) {
      if (next < row) {
        nullsTo(row);
      }
      next = row + 1;
      if (width == 8) {
        OffHeap.int64(values.address + 8L * row, aux.integer());
      } else {
        values.int32(row, LittleEndian.int32(data, aux.value()));
      }
    }

    private void nullsTo(int row) {
      OffHeap.zero(values.address + (long) width * next, (long) width * (row - next));
      for (; next < row; next++) {
        validity.setNull(next);
      }
    }

    @Override
    void finish(RecordSlice slice, int first, boolean latin1) {
      nullsTo(rows);
    }

    @Override
    void emit(BatchBuilder out) throws IOException {
      validity.emit(out);
      out.buffer(values);
    }
  }

  /** A, Z and H as text. */
  private static final class Text extends TagColumn {
    private final TextValues values;

    Text(TagType type, BatchMemory memory) {
      super(type);
      values = new TextValues(memory);
    }

    @Override
    void begin(int rows) throws IOException {
      super.begin(rows);
      values.begin(rows);
    }

    @Override
    void take(AuxCursor aux, byte[] data, int row) throws IOException {
      values.append(data, aux.value(), aux.length());
      values.endAfterNulls(row);
    }

    @Override
    void finish(RecordSlice slice, int first, boolean latin1) throws IOException {
      values.finish(slice, first, latin1);
    }

    @Override
    void emit(BatchBuilder out) throws IOException {
      values.emit(out);
    }
  }

  /** B of one subtype as a list; unsigned elements become the next wider signed type. */
  private static final class Array extends TagColumn {
    private final Validity validity;
    private final GrowableBuffer offsets;
    private final GrowableBuffer elements;
    private final int width;
    private int rows;
    private int next;

    Array(TagType type, BatchMemory memory) {
      super(type);
      validity = new Validity(memory);
      offsets = memory.newBuffer();
      elements = memory.newBuffer();
      width = TagFields.elementBytes(type.subtype());
    }

    @Override
    void begin(int count) throws IOException {
      super.begin(count);
      rows = count;
      next = 0;
      validity.allNull(count);
      elements.clear();
      offsets.clear();
      offsets.reserve(4L * count + 4);
    }

    @Override
    void take(AuxCursor aux, byte[] data, int row) throws IOException {
      startsUpTo(row);
      validity.setValid(row);
      int count = aux.count();
      elements.ensure((long) width * count);
      int from = aux.value();
      int size = AuxCursor.elementSize(type.subtype());
      if (size == width) {
        elements.append(data, from, count * size);
        return;
      }
      for (int i = 0; i < count; i++) {
        long value = AuxCursor.integer(data, type.subtype(), from + i * size);
        switch (width) {
          case 2 -> OffHeap.int16(elements.address + elements.size, (int) value);
          case 4 -> OffHeap.int32(elements.address + elements.size, (int) value);
          default -> OffHeap.int64(elements.address + elements.size, value);
        }
        elements.size += width;
      }
    }

    /** Stores the current end of the elements as the start of all rows up to {@code row}. */
    private void startsUpTo(int row) {
      for (; next <= row; next++) {
        offsets.int32(next, elements.size / width);
      }
    }

    @Override
    void finish(RecordSlice slice, int first, boolean latin1) {
      startsUpTo(rows);
    }

    @Override
    void emit(BatchBuilder out) throws IOException {
      validity.emit(out);
      out.buffer(offsets);
      out.node(elements.size / width, 0);
      out.empty();
      out.buffer(elements);
    }
  }
}
