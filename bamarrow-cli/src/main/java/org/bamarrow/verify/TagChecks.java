package org.bamarrow.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;

/**
 * Assigns each auxiliary field of a record to a column, and checks {@code tags} and {@code
 * other_tags}. {@link #place} must be called first, once per record.
 */
final class TagChecks {
  static final String TYPE = "bamarrow.type";
  private static final int ALL_KEYS = 1 << 16;

  private final TagOptions options;

  /**
   * By key of the tag: its child of the struct, or -1. Also for typed tags that are not selected.
   */
  private final int[] childOf = new int[ALL_KEYS];

  private int[] childTypes = {};

  /** By child: the field that it holds, or -1 for null. */
  private int[] fieldOf = {};

  private boolean[] typed = new boolean[32];

  TagChecks(OutputMetadata metadata) {
    options = metadata.tags;
    Arrays.fill(childOf, -1);
    List<TagType> emitted = options.fields(options.listed());
    for (TagType type : options.listed()) {
      if (options.emitsOtherTags() && !emitted.contains(type)) {
        addChild(type.tag(), AuxFields.type(type.type(), type.subtype()));
      }
    }
  }

  /** Returns the number of the child. */
  private int addChild(String tag, int type) {
    int child = childTypes.length;
    childTypes = Arrays.copyOf(childTypes, child + 1);
    fieldOf = new int[child + 1];
    childTypes[child] = type;
    childOf[AuxFields.key(tag)] = child;
    return child;
  }

  /** Decides for each field of the record: typed child, or the map. */
  void place(HtsRecord record) throws Mismatch {
    AuxFields aux = record.aux;
    Arrays.fill(fieldOf, -1);
    if (typed.length < aux.count) {
      typed = new boolean[2 * aux.count];
    }
    for (int i = 0; i < aux.count; i++) {
      int child = i == record.cgConsumed ? -1 : childOf[aux.keys[i]];
      boolean fits = child >= 0 && childTypes[child] == aux.types[i];
      typed[i] = fits && fieldOf[child] < 0; // the first value that fits
      if (typed[i]) {
        fieldOf[child] = i;
      }
      if (mustFail(child, fits, aux.repeated[i])) {
        throw new Mismatch(
            "tags." + AuxFields.tag(aux.keys[i]), "a failed conversion, by the options", "a row");
      }
    }
  }

  /** A value of a typed tag must not be lost, and the options may require a failure. */
  private boolean mustFail(int child, boolean fits, boolean repeated) {
    if (child < 0) {
      return repeated && options.failOnDuplicate() && options.emitsOtherTags();
    }
    boolean leftOut = options.other() == OtherTags.NONE;
    return leftOut
        ? repeated || !fits
        : repeated && options.failOnDuplicate() || !fits && options.failOnMismatch();
  }

  /** The check of the struct; each of its children counts as a field. */
  ColumnCheck struct(FieldVector vector) throws Mismatch {
    StructVector struct = (StructVector) vector;
    List<FieldVector> children = struct.getChildrenFromFields();
    List<ColumnCheck> checks = new ArrayList<>();
    for (FieldVector vectorOfTag : children) {
      Field field = vectorOfTag.getField();
      String type = field.getMetadata().getOrDefault(TYPE, "");
      if (!type.matches("[AifZH]|B:[cCsSiIf]") || field.getName().length() != 2) {
        throw new Mismatch("tags." + field.getName(), TYPE + " and a tag's name", type);
      }
      char subtype = type.length() == 3 ? type.charAt(2) : '\0';
      int child = addChild(field.getName(), AuxFields.type(type.charAt(0), subtype));
      checks.add(child(child, type, vectorOfTag));
    }
    return new ColumnCheck() {
      @Override
      public void check(HtsRecord record, int row) throws Mismatch {
        if (struct.isNull(row)) {
          throw new Mismatch("tags", "a struct", "null");
        }
        for (int i = 0; i < checks.size(); i++) {
          checks.get(i).check(record, row);
        }
      }

      @Override
      public int fields() {
        return checks.size();
      }
    };
  }

  private ColumnCheck child(int child, String type, FieldVector vector) {
    String column = "tags." + vector.getName();
    switch (type.charAt(0)) {
      case 'i':
        ColumnCheck check =
            ColumnCheck.number(
                vector,
                record ->
                    fieldOf[child] < 0
                        ? HtsRecord.NULL
                        : ((Number) value(record, child)).longValue());
        return named(column, check);
      case 'f':
        return floats(column, (Float4Vector) vector, child);
      case 'B':
        char subtype = type.charAt(2);
        return ColumnCheck.list(
            column,
            vector,
            (record, out) -> {
              if (fieldOf[child] >= 0) {
                TagText.elements(value(record, child), subtype, out);
              }
              return fieldOf[child] >= 0;
            });
      default:
        return ColumnCheck.text(
            column,
            vector,
            (record, out) -> fieldOf[child] >= 0 && record.text(characters(record, child), out));
    }
  }

  private Object value(HtsRecord record, int child) {
    return record.aux.values[fieldOf[child]];
  }

  private String characters(HtsRecord record, int child) {
    Object value = value(record, child);
    // htsjdk widens a byte past 127 with its sign.
    return value instanceof Character c ? String.valueOf((char) (c & 0xff)) : (String) value;
  }

  /** By their bits: NaN and -0 must be the very same. */
  private ColumnCheck floats(String column, Float4Vector vector, int child) {
    return (record, row) -> {
      boolean some = fieldOf[child] >= 0;
      float wanted = some ? (Float) value(record, child) : 0;
      boolean isNull = vector.isNull(row);
      if (isNull == some
          || some && Float.floatToRawIntBits(wanted) != Float.floatToRawIntBits(vector.get(row))) {
        throw new Mismatch(column, some ? wanted : "null", isNull ? "null" : vector.get(row));
      }
    };
  }

  private static ColumnCheck named(String column, ColumnCheck check) {
    return (record, row) -> {
      try {
        check.check(record, row);
      } catch (Mismatch e) {
        throw new Mismatch(column, e.expected, e.found);
      }
    };
  }

  /** The check of the map: the entries in the record's order. */
  ColumnCheck map(FieldVector vector) {
    MapVector map = (MapVector) vector;
    StructVector entries = (StructVector) map.getDataVector();
    VarCharVector keys = (VarCharVector) entries.getChildrenFromFields().get(0);
    VarCharVector values = (VarCharVector) entries.getChildrenFromFields().get(1);
    boolean all = options.other() == OtherTags.ALL;
    Bytes wanted = new Bytes();
    Bytes found = new Bytes();
    Bytes text = new Bytes();
    return (record, row) -> {
      if (map.isNull(row)) {
        throw new Mismatch("other_tags", "a map", "null");
      }
      AuxFields aux = record.aux;
      wanted.clear();
      for (int i = 0; i < aux.count; i++) {
        if (i != record.cgConsumed && (all || !typed[i])) {
          TagText.sam(aux.types[i], aux.values[i], text.clear());
          wanted.addLatin1(AuxFields.tag(aux.keys[i])).add('=');
          record.text(latin1(text), wanted);
          wanted.add(0);
        }
      }
      found.clear();
      for (int i = map.getElementStartIndex(row); i < map.getElementEndIndex(row); i++) {
        if (entries.isNull(i) || keys.isNull(i) || values.isNull(i)) {
          throw new Mismatch("other_tags", readable(wanted), map.getObject(row));
        }
        found.add(keys.getDataBuffer(), keys.getStartOffset(i), keys.getValueLength(i)).add('=');
        found.add(values.getDataBuffer(), values.getStartOffset(i), values.getValueLength(i));
        found.add(0);
      }
      if (!wanted.sameAs(found)) {
        throw new Mismatch("other_tags", readable(wanted), readable(found));
      }
    };
  }

  private static String latin1(Bytes text) {
    return new String(text.data, 0, text.length, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static String readable(Bytes entries) {
    return "{" + entries.toString().replace('\0', ' ').strip() + "}";
  }
}
