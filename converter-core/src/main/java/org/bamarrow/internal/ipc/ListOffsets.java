package org.bamarrow.internal.ipc;

import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * Offsets and lengths of the lists of a vector, for all list types. They were checked when the
 * vector was loaded.
 */
abstract class ListOffsets {
  /** 0-based index of the first element of the list of a row. */
  abstract int start(int row);

  abstract int length(int row);

  static ListOffsets of(ArrowType type, FieldVector lists) {
    return switch (type.getTypeID()) {
      case FixedSizeList -> fixed(((ArrowType.FixedSizeList) type).getListSize());
      case LargeList -> large(lists);
      case ListView -> NewerVectors.listView(lists);
      case LargeListView -> NewerVectors.largeListView(lists);
      default -> small(lists);
    };
  }

  private static ListOffsets small(FieldVector lists) {
    return new ListOffsets() {
      @Override
      int start(int row) {
        return lists.getOffsetBuffer().getInt(4L * row);
      }

      @Override
      int length(int row) {
        return lists.getOffsetBuffer().getInt(4L * row + 4) - start(row);
      }
    };
  }

  private static ListOffsets large(FieldVector lists) {
    return new ListOffsets() {
      @Override
      int start(int row) {
        return (int) lists.getOffsetBuffer().getLong(8L * row);
      }

      @Override
      int length(int row) {
        return (int) lists.getOffsetBuffer().getLong(8L * row + 8) - start(row);
      }
    };
  }

  private static ListOffsets fixed(int length) {
    return new ListOffsets() {
      @Override
      int start(int row) {
        return row * length;
      }

      @Override
      int length(int row) {
        return length;
      }
    };
  }
}
