package org.bamarrow.internal.ipc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.bamarrow.internal.base.ArrowLayout;

/**
 * Reads a schema from its flatbuffer. Offsets in a flatbuffer may refer to any byte of it, even in
 * cycles, so a few hundred bytes can represent billions of fields: fields and texts are counted
 * against the number of bytes before Arrow's own conversion runs.
 */
final class SchemaReader {
  /** Maximum nesting of fields; bounds the recursion. */
  private static final int MAX_DEPTH = 64;

  /** Lower bound of the size of a field: its table, vtable and offset in a vector. */
  private static final int MIN_FIELD_BYTES = 16;

  /** Maximum size of all texts in sizes of the flatbuffer: texts may share bytes. */
  private static final int MAX_TEXT_SHARE = 4;

  private long fieldsLeft;
  private long textLeft;

  private SchemaReader(int bytes) {
    fieldsLeft = bytes / MIN_FIELD_BYTES + 1;
    textLeft = (long) MAX_TEXT_SHARE * bytes;
  }

  /**
   * Reads a schema.
   *
   * @param bytes size of the metadata that contain the schema
   * @throws IllegalArgumentException (or another runtime exception of flatbuffers) if it is invalid
   */
  static IpcSchema read(org.apache.arrow.flatbuf.Schema schema, int bytes) {
    SchemaReader reader = new SchemaReader(bytes);
    for (int i = 0; i < schema.fieldsLength(); i++) {
      reader.count(schema.fields(i), 0);
    }
    for (int i = 0; i < schema.customMetadataLength(); i++) {
      reader.count(schema.customMetadata(i));
    }
    if (schema.endianness() != Endianness.Little) {
      throw new IllegalArgumentException(
          "big-endian data are not supported; convert them to little-endian");
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < schema.fieldsLength(); i++) {
      fields.add(checked(Field.convertField(schema.fields(i))));
    }
    Map<String, String> metadata = new HashMap<>();
    for (int i = 0; i < schema.customMetadataLength(); i++) {
      KeyValue pair = schema.customMetadata(i);
      metadata.put(pair.key(), pair.value());
    }
    return new IpcSchema(fields, metadata);
  }

  private void count(org.apache.arrow.flatbuf.Field field, int depth) {
    if (--fieldsLeft < 0 || depth > MAX_DEPTH) {
      throw new IllegalArgumentException("the schema has more fields than fit in its bytes");
    }
    count(field.nameAsByteBuffer());
    if (field.typeType() >= Type.names.length) {
      throw new IllegalArgumentException(
          "field " + field.name() + " has a type that this version of the Arrow library lacks");
    }
    for (int i = 0; i < field.customMetadataLength(); i++) {
      count(field.customMetadata(i));
    }
    for (int i = 0; i < field.childrenLength(); i++) {
      count(field.children(i), depth + 1);
    }
  }

  private void count(KeyValue pair) {
    if (pair.keyAsByteBuffer() == null || pair.valueAsByteBuffer() == null) {
      throw new IllegalArgumentException("the schema has metadata without key or value");
    }
    count(pair.keyAsByteBuffer());
    count(pair.valueAsByteBuffer());
  }

  private void count(java.nio.ByteBuffer text) {
    textLeft -= text == null ? 1 : 1 + text.remaining();
    if (textLeft < 0) {
      throw new IllegalArgumentException("the schema has more text than fits in its bytes");
    }
  }

  /** Checks a field and its children; a missing name becomes empty. */
  private static Field checked(Field field) {
    List<Field> children = new ArrayList<>();
    field.getChildren().forEach(child -> children.add(checked(child)));
    ArrowType type = ArrowLayout.storage(field.getType());
    String name = field.getName() == null ? "" : field.getName();
    String problem = ArrowLayout.problem(type, children);
    if (problem == null && type instanceof ArrowType.Struct) {
      Set<String> names = new HashSet<>();
      boolean all = children.stream().allMatch(child -> names.add(child.getName()));
      problem = all ? null : "has duplicate child names";
    }
    if (problem != null) {
      throw new IllegalArgumentException("field " + name + " of the schema " + problem);
    }
    return new Field(
        name,
        new FieldType(field.isNullable(), type, field.getDictionary(), field.getMetadata()),
        children);
  }
}
