package org.bamarrow.internal.ipc;

import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Copies loaded values of a field to a vector of its normalized type: dictionaries and run-end
 * encoding are resolved, other types widened. Bound to its vectors, which are reused. Not
 * thread-safe.
 */
abstract class ValueCopier {
  /** Bytes per value in addition to its data: an offset and a validity bit, rounded up. */
  static final int OVERHEAD = 9;

  /** Approximate size of the value in the target, in bytes. */
  abstract long bytes(int from);

  /**
   * Copies a value; a null is not copied, since the values of a target are initially null.
   *
   * @throws ArithmeticException if the value is out of range of the normalized type
   * @throws IllegalArgumentException if an index is out of range of its dictionary
   */
  abstract void copy(int from, int to);

  /**
   * Creates a copier.
   *
   * @param field a field of the schema, with its dictionary encoding
   * @param source a vector of {@link Layout#stored}
   * @param target a vector of {@link NormalizedFields#of}
   */
  static ValueCopier of(
      Field field, FieldVector source, FieldVector target, Dictionaries dictionaries) {
    if (field.getDictionary() != null) {
      return new Indices(source, dictionaries.values(field), target);
    }
    return values(field, source, target, dictionaries);
  }

  /** As {@link #of}, ignoring the dictionary encoding of the field itself. */
  static ValueCopier values(
      Field field, FieldVector source, FieldVector target, Dictionaries dictionaries) {
    ArrowType type = field.getType();
    return switch (type.getTypeID()) {
      case RunEndEncoded -> NewerVectors.runs(field, source, target, dictionaries);
      case Struct -> new Struct(field, source, (StructVector) target, dictionaries);
      case List, LargeList, ListView, LargeListView, FixedSizeList, Map ->
          new Lists(field, source, (ListVector) target, dictionaries);
      default -> ScalarCopier.of(type, source, target);
    };
  }

  /** Values of a dictionary, by index. */
  private static final class Indices extends ValueCopier {
    private final FieldVector source;
    private final BaseIntVector indices;
    private final Dictionaries.Values dictionary;
    private final ValueCopier values;

    Indices(FieldVector source, Dictionaries.Values dictionary, FieldVector target) {
      this.source = source;
      this.indices = (BaseIntVector) source;
      this.dictionary = dictionary;
      this.values = values(dictionary.field(), dictionary.vector(), target, Dictionaries.NONE);
    }

    @Override
    long bytes(int from) {
      return source.isNull(from) ? OVERHEAD : values.bytes(index(from));
    }

    @Override
    void copy(int from, int to) {
      if (!source.isNull(from)) {
        values.copy(index(from), to);
      }
    }

    private int index(int from) {
      long index = indices.getValueAsLong(from);
      int count = dictionary.count();
      if (index < 0 || index >= count) {
        throw new IllegalArgumentException(
            String.format(
                "dictionary index %d is out of range, the dictionary has %d values", index, count));
      }
      return (int) index;
    }
  }

  private static final class Struct extends ValueCopier {
    private final FieldVector source;
    private final StructVector target;
    private final ValueCopier[] children;

    Struct(Field field, FieldVector source, StructVector target, Dictionaries dictionaries) {
      this.source = source;
      this.target = target;
      this.children = new ValueCopier[field.getChildren().size()];
      for (int i = 0; i < children.length; i++) {
        FieldVector from = source.getChildrenFromFields().get(i);
        FieldVector to = target.getChildrenFromFields().get(i);
        children[i] = of(field.getChildren().get(i), from, to, dictionaries);
      }
    }

    @Override
    long bytes(int from) {
      long bytes = OVERHEAD;
      for (int i = 0; i < children.length && !source.isNull(from); i++) {
        bytes += children[i].bytes(from);
      }
      return bytes;
    }

    @Override
    void copy(int from, int to) {
      if (!source.isNull(from)) {
        target.setIndexDefined(to);
        for (ValueCopier child : children) {
          child.copy(from, to);
        }
      }
    }
  }

  private static final class Lists extends ValueCopier {
    private final FieldVector source;
    private final ListVector target;
    private final ListOffsets offsets;
    private final ValueCopier elements;

    Lists(Field field, FieldVector source, ListVector target, Dictionaries dictionaries) {
      this.source = source;
      this.target = target;
      this.offsets = ListOffsets.of(field.getType(), source);
      FieldVector from = source.getChildrenFromFields().get(0);
      FieldVector to = target.getChildrenFromFields().get(0);
      this.elements = of(field.getChildren().get(0), from, to, dictionaries);
    }

    @Override
    long bytes(int from) {
      long bytes = OVERHEAD;
      if (!source.isNull(from)) {
        int start = offsets.start(from);
        for (int i = 0, length = offsets.length(from); i < length; i++) {
          bytes += elements.bytes(start + i);
        }
      }
      return bytes;
    }

    @Override
    void copy(int from, int to) {
      if (source.isNull(from)) {
        return;
      }
      int start = offsets.start(from);
      int length = offsets.length(from);
      int at = target.startNewValue(to);
      for (int i = 0; i < length; i++) {
        elements.copy(start + i, at + i);
      }
      target.endValue(to, length);
    }
  }
}
