package org.bamarrow.internal.ipc;

import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * The dictionaries of an Arrow file or stream, their values as plain ones. Only those are loaded
 * that a wanted column needs. Owns their vectors; one thread.
 */
final class Dictionaries implements Closeable {
  /** Of plain values, which have none. */
  static final Dictionaries NONE = new Dictionaries(List.of());

  /** Far above any in use; a dictionary whose values name others' may else grow without end. */
  private static final long MOST_BYTES = 1L << 30;

  /** One dictionary: its values one behind another, of a plain type. */
  static final class Values {
    private final Field field;
    private final Field stored;
    private FieldVector vector;
    private boolean wanted;
    private boolean there;
    private long bytes;

    private Values(Field field) {
      this.field =
          new Field(
              field.getName(),
              new FieldType(true, field.getType(), null, field.getMetadata()),
              field.getChildren());
      this.stored = Layout.values(this.field);
    }

    /** The plain field of the values. */
    Field field() {
      return NormalizedFields.of(field);
    }

    /** The same one always, with other values after each batch. */
    FieldVector vector() {
      return vector;
    }

    int count() {
      return vector.getValueCount();
    }
  }

  private final Map<Long, Values> byId = new LinkedHashMap<>();

  /**
   * @param fields of the schema
   * @throws IllegalArgumentException if two fields have one dictionary and not one type
   */
  Dictionaries(List<Field> fields) {
    fields.forEach(this::find);
  }

  private void find(Field field) {
    if (field.getDictionary() != null) {
      Values mine = new Values(field);
      Values other = byId.putIfAbsent(field.getDictionary().getId(), mine);
      if (other != null && !sameType(other.field, field)) {
        throw new IllegalArgumentException(
            "its fields have dictionary "
                + field.getDictionary().getId()
                + " as values of two different types");
      }
    }
    field.getChildren().forEach(this::find);
  }

  private static boolean sameType(Field one, Field two) {
    return one.getType().equals(two.getType()) && one.getChildren().equals(two.getChildren());
  }

  /** Makes room for the dictionaries that a field needs. */
  void want(Field field, BufferAllocator allocator) {
    if (field.getDictionary() != null) {
      Values values = byId.get(field.getDictionary().getId());
      if (!values.wanted) {
        values.wanted = true;
        values.vector = values.field().createVector(allocator);
      }
    }
    field.getChildren().forEach(child -> want(child, allocator));
  }

  /** The dictionary of a field that has one and was wanted. */
  Values values(Field field) {
    return byId.get(field.getDictionary().getId());
  }

  /** Whether any is wanted. */
  boolean anyWanted() {
    return byId.values().stream().anyMatch(values -> values.wanted);
  }

  /**
   * Makes sure that every dictionary came that a field needs.
   *
   * @throws IllegalArgumentException naming the first that did not
   */
  void requireAll() {
    byId.forEach(
        (id, values) -> {
          if (values.wanted && !values.there) {
            throw new IllegalArgumentException(
                "dictionary " + id + " of column " + values.field.getName() + " is missing");
          }
        });
  }

  /**
   * Takes a dictionary batch: new values, or more of them.
   *
   * @param body where it starts
   * @param bodyLength its length
   * @param mayReplace whether a dictionary may come a second time, as in streams
   */
  void load(
      IpcMessages messages,
      DictionaryBatch message,
      boolean unionValidity,
      long body,
      long bodyLength,
      boolean mayReplace,
      BufferAllocator allocator)
      throws IOException {
    Values values = byId.get(message.id());
    if (values == null) {
      throw new IllegalArgumentException(
          "no column has the dictionary " + message.id() + " that it holds");
    }
    if (message.data() == null) {
      throw new IllegalArgumentException("the dictionary has no values");
    }
    BatchMetadata batch =
        BatchMetadata.check(message.data(), unionValidity, List.of(values.stored), bodyLength);
    if (!values.wanted) {
      return;
    }
    if (values.there && !message.isDelta()) {
      if (!mayReplace) {
        throw new IllegalArgumentException(
            "it replaces dictionary "
                + message.id()
                + ", which the Arrow format allows in streams only");
      }
      values.vector.clear();
      values.vector.setValueCount(0);
      values.bytes = 0;
    }
    try (FieldVector loaded = values.stored.createVector(allocator)) {
      new BatchLoader(messages, body, batch, allocator).load(0, values.stored, loaded);
      append(values, loaded);
    }
    values.there = true;
  }

  private void append(Values values, FieldVector loaded) {
    ValueCopier copy = ValueCopier.values(values.field, loaded, values.vector, this);
    int first = values.vector.getValueCount();
    int count = loaded.getValueCount();
    for (int i = 0; i < count; i++) {
      values.bytes += copy.bytes(i);
      if (values.bytes > MOST_BYTES) {
        throw new IllegalArgumentException(
            "the values of dictionary column " + values.field.getName() + " take more than 1 GiB");
      }
    }
    if (first == 0) {
      values.vector.allocateNew();
    }
    for (int i = 0; i < count; i++) {
      copy.copy(i, Math.addExact(first, i));
    }
    values.vector.setValueCount(first + count);
  }

  @Override
  public void close() {
    for (Values values : byId.values()) {
      if (values.vector != null) {
        values.vector.close();
      }
    }
  }
}
