package org.bamarrow.internal.ipc;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.base.ArrowLayout;

/**
 * Checks the uncompressed buffers of one field against its type and number of values, so that no
 * value refers to bytes outside of them.
 */
final class BodyCheck {
  private static final int VIEW = 16;
  private static final int INLINE = 12;

  private final Field field;
  private final int values;
  private final List<ArrowBuf> buffers;

  private BodyCheck(Field field, int values, List<ArrowBuf> buffers) {
    this.field = field;
    this.values = values;
    this.buffers = buffers;
  }

  /**
   * Checks the buffers.
   *
   * @param nulls the null count of the field node
   * @return minimum number of values of each child
   * @throws IllegalArgumentException if a value is outside of the buffers
   */
  static long check(Field field, int values, long nulls, List<ArrowBuf> buffers) {
    return new BodyCheck(field, values, buffers).run(nulls);
  }

  private long run(long nulls) {
    ArrowType type = field.getType();
    if (!buffers.isEmpty() && !(type instanceof ArrowType.Union)) {
      if (nulls > 0 || size(0) > 0) {
        require(0, "validity", (values + 7L) / 8);
      }
    }
    switch (type.getTypeID()) {
      case Utf8, Binary:
        requireBytes(offsets(Integer.BYTES));
        return 0;
      case LargeUtf8, LargeBinary:
        requireBytes(offsets(Long.BYTES));
        return 0;
      case Utf8View, BinaryView:
        checkViews();
        return 0;
      case List, Map:
        return offsets(Integer.BYTES);
      case LargeList:
        return offsets(Long.BYTES);
      case ListView:
        return views(Integer.BYTES);
      case LargeListView:
        return views(Long.BYTES);
      case FixedSizeList:
        return (long) values * ((ArrowType.FixedSizeList) type).getListSize();
      case Struct:
        return values;
      case Null, RunEndEncoded, Union:
        return 0;
      default:
        require(1, "value", ((long) values * ArrowLayout.bits(type) + 7) / 8);
        return 0;
    }
  }

  private long size(int buffer) {
    return buffers.get(buffer).readableBytes();
  }

  private void require(int buffer, String what, long bytes) {
    if (size(buffer) < bytes) {
      throw invalid(
          String.format(
              "requires %d bytes in the %s buffer for %d values but has %d",
              bytes, what, values, size(buffer)));
    }
  }

  private void requireBytes(long end) {
    if (size(2) < end) {
      throw invalid(
          String.format("has values up to offset %d of a data buffer of %d bytes", end, size(2)));
    }
  }

  /** The end offset of the last value. */
  private long offsets(int width) {
    if (values == 0) {
      return 0; // the one offset may be missing
    }
    require(1, "offset", (values + 1L) * width);
    ArrowBuf offsets = buffers.get(1);
    long last = 0;
    for (int i = 0; i <= values; i++) {
      long next = width == Integer.BYTES ? offsets.getInt(4L * i) : offsets.getLong(8L * i);
      if (next < last) {
        throw invalid(String.format("has offset %d after offset %d", next, last));
      }
      last = next;
    }
    return last;
  }

  /** The maximum end of all list views, in values of the child. */
  private long views(int width) {
    require(1, "offset", (long) values * width);
    require(2, "size", (long) values * width);
    long end = 0;
    for (int i = 0; i < values; i++) {
      long at = (long) i * width;
      boolean large = width == Long.BYTES;
      long from = large ? buffers.get(1).getLong(at) : buffers.get(1).getInt(at);
      long size = large ? buffers.get(2).getLong(at) : buffers.get(2).getInt(at);
      if (from < 0 || size < 0 || size > Integer.MAX_VALUE - from) {
        throw invalid(String.format("has a list of %d values at offset %d", size, from));
      }
      end = Math.max(end, from + size);
    }
    return end;
  }

  private void checkViews() {
    require(1, "view", (long) values * VIEW);
    ArrowBuf views = buffers.get(1);
    ArrowBuf validity = buffers.get(0);
    boolean allValid = size(0) == 0;
    for (int i = 0; i < values; i++) {
      boolean valid = allValid || (validity.getByte(i >> 3) >> (i & 7) & 1) != 0;
      int length = valid ? views.getInt((long) i * VIEW) : 0;
      if (length < 0 || length > INLINE && !inside(views, (long) i * VIEW, length)) {
        throw invalid("has a value outside of its data buffers");
      }
    }
  }

  private boolean inside(ArrowBuf views, long view, int length) {
    int buffer = views.getInt(view + 8);
    int from = views.getInt(view + 12);
    return buffer >= 0
        && buffer < buffers.size() - 2
        && from >= 0
        && length <= size(2 + buffer) - from;
  }

  private IllegalArgumentException invalid(String what) {
    return new IllegalArgumentException("field " + field.getName() + " " + what);
  }
}
