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
import org.bamarrow.internal.base.ArrowLayout;

/**
 * The dictionaries of an Arrow file or stream, with values of normalized types. Only the
 * dictionaries of selected columns are loaded. Owns their vectors. Not thread-safe.
 */
final class Dictionaries implements Closeable {
  /** For fields without dictionaries. */
  static final Dictionaries NONE = new Dictionaries(List.of());

  /** Limit for dictionaries of dictionaries, which could otherwise grow without bound. */
  private static final long MAX_BYTES = 1L << 30;

  /** The values of one dictionary, of a normalized type. */
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
      this.stored = ArrowLayout.values(this.field);
    }

    /** The normalized field of the values. */
    Field field() {
      return NormalizedFields.of(field);
    }

    /** Always the same vector; its values may change after each batch. */
    FieldVector vector() {
      return vector;
    }

    int count() {
      return vector.getValueCount();
    }
  }

  private final Map<Long, Values> byId = new LinkedHashMap<>();

  /**
   * @param fields the fields of the schema
   * @throws IllegalArgumentException if two fields of different types have the same dictionary
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
            "dictionary "
                + field.getDictionary().getId()
                + " is used by fields of different types");
      }
    }
    field.getChildren().forEach(this::find);
  }

  private static boolean sameType(Field one, Field two) {
    return one.getType().equals(two.getType()) && one.getChildren().equals(two.getChildren());
  }

  /** Selects the dictionaries that a field needs. */
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

  /** The dictionary of a selected field that has one. */
  Values values(Field field) {
    return byId.get(field.getDictionary().getId());
  }

  /** Whether any dictionary is selected. */
  boolean anyWanted() {
    return byId.values().stream().anyMatch(values -> values.wanted);
  }

  /**
   * Checks that all selected dictionaries have been loaded.
   *
   * @throws IllegalArgumentException if one is missing
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
   * Loads a dictionary batch: new values or a delta.
   *
   * @param body 0-based offset of the body
   * @param bodyLength length of the body in bytes
   * @param mayReplace whether a dictionary may be replaced, as in streams
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
          "dictionary " + message.id() + " is not used by any column");
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
            "replacement of dictionary "
                + message.id()
                + ", which the Arrow format allows in streams only");
      }
      values.vector.clear();
      values.vector.setValueCount(0);
      values.bytes = 0;
    }
    try (FieldVector loaded = values.stored.createVector(allocator)) {
      new BatchLoader(messages, body, batch, allocator)
          .load(0, values.stored, values.stored, loaded);
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
      if (values.bytes > MAX_BYTES) {
        throw new IllegalArgumentException(
            "the dictionary of column " + values.field.getName() + " exceeds 1 GiB");
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
