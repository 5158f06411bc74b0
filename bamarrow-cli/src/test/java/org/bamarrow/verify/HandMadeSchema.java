package org.bamarrow.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.bamarrow.convert.CigarForm;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ColumnProfile;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.QualForm;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.convert.TagsMode;

/** The columns of a {@link HandMadeArrow}, as docs/schema.md describes them. */
final class HandMadeSchema {
  private static final ArrowType UTF8 = ArrowType.Utf8.INSTANCE;

  private static final ArrowType FLOAT = new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);

  private HandMadeSchema() {}

  static List<Field> fields(ColumnOptions columns, TagOptions tags) {
    List<Field> fields = new ArrayList<>();
    for (String name :
        columns.profile() == ColumnProfile.STANDARD ? columns.names() : ColumnOptions.ROGTK) {
      fields.add(
          switch (name) {
            case "flag", "pos", "end", "mapq", "pnext", "tlen", "start", "flags", "rid" ->
                field(name, integer(32));
            case "voffset" -> field(name, integer(64));
            case "qual" ->
                columns.qual() == QualForm.NUMBERS
                    ? field(name, ArrowType.List.INSTANCE, field("item", integer(8)))
                    : field(name, UTF8);
            case "cigar" ->
                columns.cigar() == CigarForm.OPS
                    ? field(
                        name,
                        ArrowType.List.INSTANCE,
                        field(
                            "item",
                            ArrowType.Struct.INSTANCE,
                            field("op", UTF8),
                            field("length", integer(32))))
                    : field(name, UTF8);
            default -> field(name, UTF8);
          });
    }
    if (tags.mode() != TagsMode.NONE) {
      Field[] children = tags.listed().stream().map(HandMadeSchema::tagField).toArray(Field[]::new);
      fields.add(field("tags", ArrowType.Struct.INSTANCE, children));
    }
    if (tags.other() != OtherTags.NONE) {
      Field key = new Field("key", FieldType.notNullable(UTF8), null);
      Field entries =
          new Field(
              "entries",
              FieldType.notNullable(ArrowType.Struct.INSTANCE),
              List.of(key, field("value", UTF8)));
      fields.add(field("other_tags", new ArrowType.Map(false), entries));
    }
    return fields;
  }

  private static ArrowType integer(int bits) {
    return new ArrowType.Int(bits, true);
  }

  private static Field field(String name, ArrowType type, Field... children) {
    return new Field(name, FieldType.nullable(type), List.of(children));
  }

  private static Field tagField(TagType tag) {
    Map<String, String> metadata = Map.of("bamarrow.type", tag.toString().substring(3));
    ArrowType type =
        switch (tag.type()) {
          case 'i' -> integer(64);
          case 'f' -> FLOAT;
          case 'B' -> ArrowType.List.INSTANCE;
          default -> UTF8;
        };
    List<Field> children =
        tag.type() == 'B'
            ? List.of(
                field(
                    "item",
                    switch (tag.subtype()) {
                      case 'c' -> integer(8);
                      case 'C', 's' -> integer(16);
                      case 'S', 'i' -> integer(32);
                      case 'I' -> integer(64);
                      default -> FLOAT;
                    }))
            : List.of();
    return new Field(tag.tag(), new FieldType(true, type, null, metadata), children);
  }
}
