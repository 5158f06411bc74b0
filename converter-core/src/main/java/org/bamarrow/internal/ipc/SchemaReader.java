package org.bamarrow.internal.ipc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A schema out of its flatbuffer. Offsets in a flatbuffer may lead anywhere in it, in circles too,
 * so a few hundred bytes can claim billions of fields: everything is counted against the bytes that
 * are there before Arrow's own conversion runs.
 */
final class SchemaReader {
  /** As deep as any file in use; recursion ends there. */
  private static final int MOST_DEPTH = 64;

  /** A field's table, vtable and place in a vector take more. */
  private static final int LEAST_FIELD_BYTES = 16;

  /** Texts may share bytes, but not without end. */
  private static final int MOST_TEXT_SHARE = 4;

  private long fieldsLeft;
  private long textLeft;

  private SchemaReader(int bytes) {
    fieldsLeft = bytes / LEAST_FIELD_BYTES + 1;
    textLeft = (long) MOST_TEXT_SHARE * bytes;
  }

  /**
   * @param bytes of the metadata in which the schema stands
   * @throws IllegalArgumentException (or another runtime exception, of flatbuffers) if it is not
   *     sound
   */
  static Schema read(org.apache.arrow.flatbuf.Schema schema, int bytes) {
    SchemaReader reader = new SchemaReader(bytes);
    for (int i = 0; i < schema.fieldsLength(); i++) {
      reader.count(schema.fields(i), 0);
    }
    for (int i = 0; i < schema.customMetadataLength(); i++) {
      reader.count(schema.customMetadata(i));
    }
    if (schema.endianness() != Endianness.Little) {
      throw new IllegalArgumentException(
          "it is big-endian, which Arrow's readers do not take here; convert it to little-endian");
    }
    Schema converted = Schema.convertSchema(schema);
    List<Field> fields = new ArrayList<>();
    converted.getFields().forEach(field -> fields.add(sound(field)));
    return new Schema(fields, converted.getCustomMetadata());
  }

  private void count(org.apache.arrow.flatbuf.Field field, int depth) {
    if (--fieldsLeft < 0 || depth > MOST_DEPTH) {
      throw new IllegalArgumentException("its schema claims more fields than it has bytes for");
    }
    count(field.nameAsByteBuffer());
    for (int i = 0; i < field.customMetadataLength(); i++) {
      count(field.customMetadata(i));
    }
    for (int i = 0; i < field.childrenLength(); i++) {
      count(field.children(i), depth + 1);
    }
  }

  private void count(KeyValue pair) {
    if (pair.keyAsByteBuffer() == null || pair.valueAsByteBuffer() == null) {
      throw new IllegalArgumentException("its schema has metadata without key or value");
    }
    count(pair.keyAsByteBuffer());
    count(pair.valueAsByteBuffer());
  }

  private void count(java.nio.ByteBuffer text) {
    textLeft -= text == null ? 1 : 1 + text.remaining();
    if (textLeft < 0) {
      throw new IllegalArgumentException("its schema claims more text than it has bytes");
    }
  }

  /** The field with the children that its type asks for; a name that is missing is empty. */
  private static Field sound(Field field) {
    List<Field> children = new ArrayList<>();
    field.getChildren().forEach(child -> children.add(sound(child)));
    ArrowType type = Layout.storage(field.getType());
    String name = field.getName() == null ? "" : field.getName();
    String problem = Layout.problem(type, children);
    if (problem == null && type instanceof ArrowType.Struct) {
      Set<String> names = new HashSet<>();
      boolean all = children.stream().allMatch(child -> names.add(child.getName()));
      problem = all ? null : "has two children of one name";
    }
    if (problem != null) {
      throw new IllegalArgumentException("its schema's field " + name + " " + problem);
    }
    return new Field(
        name,
        new FieldType(field.isNullable(), type, field.getDictionary(), field.getMetadata()),
        children);
  }
}
