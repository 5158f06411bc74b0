package org.bamarrow.internal.filter;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.MapVector;

/** The column {@code other_tags}: a map from tags to type and value as SAM text. */
final class VectorOtherTags extends VectorColumn {
  static final String NAME = "other_tags";

  private ArrowBuf offsets;
  private VarCharVector keys;
  private VarCharVector texts;

  /** The text of the value found, {@code data[from, to)}: its type, a colon and the value. */
  byte[] data = new byte[64];

  int to;

  VectorOtherTags() {
    super(NAME, null);
  }

  @Override
  void values(FieldVector vector) {
    if (!(vector instanceof MapVector map)
        || !(map.getDataVector().getChildrenFromFields().get(0) instanceof VarCharVector names)
        || !(map.getDataVector().getChildrenFromFields().get(1) instanceof VarCharVector values)) {
      throw unexpected(vector, "a map of text to text");
    }
    offsets = map.getOffsetBuffer();
    keys = names;
    texts = values;
  }

  /**
   * Finds the first value of a tag.
   *
   * @param key the letters of the tag
   */
  boolean find(int row, byte[] key) {
    if (!isValid(row)) {
      return false;
    }
    for (int i = offsets.getInt(4L * row); i < offsets.getInt(4L * row + 4); i++) {
      long at = keys.getOffsetBuffer().getInt(4L * i);
      if (keys.getOffsetBuffer().getInt(4L * i + 4) - at == key.length
          && keys.getDataBuffer().getByte(at) == key[0]
          && keys.getDataBuffer().getByte(at + 1) == key[1]) {
        copy(i);
        return true;
      }
    }
    return false;
  }

  private void copy(int entry) {
    int begin = texts.getOffsetBuffer().getInt(4L * entry);
    to = texts.getOffsetBuffer().getInt(4L * entry + 4) - begin;
    if (data.length < to) {
      data = new byte[to];
    }
    texts.getDataBuffer().getBytes(begin, data, 0, to);
  }
}
