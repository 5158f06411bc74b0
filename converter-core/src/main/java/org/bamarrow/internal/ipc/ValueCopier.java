package org.bamarrow.internal.ipc;

import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Copies values of a field, as they were loaded, into a vector of its plain type: dictionaries and
 * runs are resolved, other types widened. Bound to its vectors, which are filled anew; one thread.
 */
abstract class ValueCopier {
  /** What a value takes beside its bytes: an offset and a bit. */
  static final int OVERHEAD = 9;

  /** Bytes that the value takes in the target, about; nothing is copied. */
  abstract long bytes(int from);

  /**
   * Copies a value; a null leaves the target as it is, and targets are null where nothing was set.
   *
   * @throws ArithmeticException if the plain type cannot hold the value
   * @throws IllegalArgumentException if an index is not one of its dictionary
   */
  abstract void copy(int from, int to);

  /**
   * @param field of the schema, with its dictionaries
   * @param source of {@link Layout#stored}
   * @param target of {@link NormalizedFields#of}
   */
  static ValueCopier of(
      Field field, FieldVector source, FieldVector target, Dictionaries dictionaries) {
    if (field.getDictionary() != null) {
      return new Indices(source, dictionaries.values(field), target);
    }
    return values(field, source, target, dictionaries);
  }

  /** As {@link #of}, of a dictionary's own values. */
  static ValueCopier values(
      Field field, FieldVector source, FieldVector target, Dictionaries dictionaries) {
    ArrowType type = field.getType();
    return switch (type.getTypeID()) {
      case RunEndEncoded -> new Runs(field, (RunEndEncodedVector) source, target, dictionaries);
      case Struct -> new Struct(field, source, (StructVector) target, dictionaries);
      case List, LargeList, ListView, LargeListView, FixedSizeList, Map ->
          new Lists(field, source, (ListVector) target, dictionaries);
      default -> ScalarCopier.of(type, source, target);
    };
  }

  /** Indices of a dictionary's plain values. */
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
            String.format("value %d of its dictionary, which has %d values", index, count));
      }
      return (int) index;
    }
  }

  private static final class Runs extends ValueCopier {
    private final RunEndEncodedVector source;
    private final ValueCopier values;

    Runs(Field field, RunEndEncodedVector source, FieldVector target, Dictionaries dictionaries) {
      this.source = source;
      this.values = of(field.getChildren().get(1), source.getValuesVector(), target, dictionaries);
    }

    @Override
    long bytes(int from) {
      return values.bytes(source.getPhysicalIndex(from));
    }

    @Override
    void copy(int from, int to) {
      values.copy(source.getPhysicalIndex(from), to);
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
    private final ListOffsets places;
    private final ValueCopier elements;

    Lists(Field field, FieldVector source, ListVector target, Dictionaries dictionaries) {
      this.source = source;
      this.target = target;
      this.places = ListOffsets.of(field.getType(), source);
      FieldVector from = source.getChildrenFromFields().get(0);
      FieldVector to = target.getChildrenFromFields().get(0);
      this.elements = of(field.getChildren().get(0), from, to, dictionaries);
    }

    @Override
    long bytes(int from) {
      long bytes = OVERHEAD;
      if (!source.isNull(from)) {
        int start = places.start(from);
        for (int i = 0, length = places.length(from); i < length; i++) {
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
      int start = places.start(from);
      int length = places.length(from);
      int at = target.startNewValue(to);
      for (int i = 0; i < length; i++) {
        elements.copy(start + i, at + i);
      }
      target.endValue(to, length);
    }
  }
}
