package org.bamarrow.internal.column;

import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.bamarrow.convert.TagType;

/** The Arrow fields of the columns {@code tags} and {@code other_tags}. */
final class TagFields {
  /** Key of the field metadata with the SAM type of the tag: {@code i}, {@code B:c} and so on. */
  static final String TYPE_KEY = "bamarrow.type";

  private static final ArrowType UTF8 = ArrowType.Utf8.INSTANCE;

  private TagFields() {}

  static Field tags(List<TagType> types) {
    List<Field> children = types.stream().map(TagFields::tag).toList();
    return new Field("tags", FieldType.notNullable(ArrowType.Struct.INSTANCE), children);
  }

  private static Field tag(TagType type) {
    boolean array = type.type() == 'B';
    String samType = array ? "B:" + type.subtype() : String.valueOf(type.type());
    ArrowType arrowType =
        switch (type.type()) {
          case 'i' -> new ArrowType.Int(64, true);
          case 'f' -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
          case 'B' -> ArrowType.List.INSTANCE;
          default -> UTF8;
        };
    FieldType fieldType = new FieldType(true, arrowType, null, Map.of(TYPE_KEY, samType));
    List<Field> children = array ? List.of(element(type.subtype())) : List.of();
    return new Field(type.tag(), fieldType, children);
  }

  private static Field element(char subtype) {
    ArrowType type =
        subtype == 'f'
            ? new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE)
            : new ArrowType.Int(8 * elementBytes(subtype), true);
    return new Field("item", FieldType.notNullable(type), List.of());
  }

  /** Bytes of a list element; unsigned subtypes become the next wider signed type. */
  static int elementBytes(char subtype) {
    return switch (subtype) {
      case 'c' -> 1;
      case 'C', 's' -> 2;
      case 'I' -> 8;
      default -> 4;
    };
  }

  static Field otherTags() {
    Field key = new Field(MapVector.KEY_NAME, FieldType.notNullable(UTF8), List.of());
    Field value = new Field(MapVector.VALUE_NAME, FieldType.notNullable(UTF8), List.of());
    Field entries =
        new Field(
            MapVector.DATA_VECTOR_NAME,
            FieldType.notNullable(ArrowType.Struct.INSTANCE),
            List.of(key, value));
    FieldType map = FieldType.notNullable(new ArrowType.Map(false));
    return new Field("other_tags", map, List.of(entries));
  }
}
