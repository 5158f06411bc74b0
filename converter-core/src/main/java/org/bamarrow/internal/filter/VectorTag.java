package org.bamarrow.internal.filter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The value of a tag in the rows of record batches: that of its field in {@code tags}, or else the
 * first in {@code other_tags}. So of a duplicate tag it is the first value, unless that has another
 * type than the field. For one thread.
 */
final class VectorTag {
  /** The types that are compared as text; all others match no value. */
  private static final String TEXT = "AZH";

  private static final int MAX_DIGITS = 20;

  private final byte[] key;
  private final char typed; // SAM type of the field; 0: none
  private final VectorColumn field;
  private final VectorOtherTags others; // null: none
  private final BamText text;
  private final byte[] digits = new byte[MAX_DIGITS];

  /** The SAM type of the value of the current row; 0: the row has no such tag. */
  char type;

  /** The value as SAM text, {@code data[from, to)}; not defined for the types f and B. */
  byte[] data;

  int from;
  int to;

  /** The value of type i, if the digits are its text. */
  private long value;

  /** The value of type f. */
  float number;

  /**
   * @param typedTags tags whose values are not in {@code other_tags}
   * @throws IllegalArgumentException if batches of the schema do not tell the value of the tag
   */
  VectorTag(
      String tag,
      List<Field> fields,
      VectorCompiler compiler,
      boolean latin1,
      Set<String> typedTags) {
    key = tag.getBytes(StandardCharsets.US_ASCII);
    text = new BamText(latin1);
    Field tags = VectorColumn.find(fields, "tags");
    Field own = null;
    for (Field each : tags == null ? List.<Field>of() : tags.getChildren()) {
      own = each.getName().equals(tag) ? each : own;
    }
    boolean inOthers = own != null || !typedTags.contains(tag);
    others =
        inOthers && VectorColumn.find(fields, VectorOtherTags.NAME) != null
            ? compiler.otherTags()
            : null;
    if (own != null) {
      typed = type(own);
      field = compiler.add(column(typed, "tags", tag));
    } else if (others == null
        && tag.equals("RG")
        && VectorColumn.find(fields, "read_group") != null) {
      typed = 'Z';
      field = compiler.add(column(typed, "read_group", null));
    } else {
      typed = 0;
      field = null;
    }
    if (field == null && others == null) {
      throw BatchFilter.lacking("tags." + tag + (inOthers ? " or " + VectorOtherTags.NAME : ""));
    }
  }

  /** The SAM type of a field, from its metadata or else from its Arrow type. */
  static char type(Field field) {
    String told = field.getMetadata().get("bamarrow.type");
    if (told != null && !told.isEmpty()) {
      return told.charAt(0);
    }
    return switch (field.getType().getTypeID().name()) { // old versions of Arrow lack some types
      case "Int" -> 'i';
      case "FloatingPoint" -> 'f';
      case "Utf8", "LargeUtf8", "Utf8View" -> 'Z';
      default -> 'B';
    };
  }

  private static VectorColumn column(char type, String name, String field) {
    if (type == 'i') {
      return new VectorNumbers.Integers(name, field);
    }
    if (type == 'f') {
      return new VectorNumbers.Floats(name, field);
    }
    return TEXT.indexOf(type) >= 0 ? new VectorText(name, field) : new VectorColumn(name, field);
  }

  /** As {@link VectorNode.ByRow#start}. */
  void start(int last) {
    if (field instanceof VectorText texts) {
      texts.start(last);
    }
  }

  /** Moves to a row. */
  void at(int row) {
    type = 0;
    if (field != null && field.isValid(row)) {
      type = typed;
      if (field instanceof VectorText texts) {
        texts.at(row);
        take(texts.data, texts.from, texts.to);
      } else if (field instanceof VectorNumbers.Integers integers) {
        print(integers.get(row));
      } else if (field instanceof VectorNumbers.Floats floats) {
        number = (float) floats.get(row);
      }
    } else if (others != null && others.find(row, key)) {
      type = (char) others.data[0];
      take(others.data, Math.min(2, others.to), others.to);
      if (type == 'f') {
        number = parse();
      }
    }
  }

  /** The value of type i. */
  long integer() {
    if (data == digits) {
      return value;
    }
    String told = new String(data, from, to - from, StandardCharsets.US_ASCII);
    try {
      return Long.parseLong(told);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("other_tags has an integer '" + told + "'", e);
    }
  }

  /** The value of SAM text, which has 6 digits; as printf of C writes it. */
  private float parse() {
    String told = new String(data, from, to - from, StandardCharsets.US_ASCII);
    String word = told.startsWith("-") ? told.substring(1) : told;
    try {
      return switch (word) {
        case "inf" -> word.equals(told) ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
        case "nan" -> Float.NaN;
        default -> Float.parseFloat(told);
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("other_tags has a float '" + told + "'", e);
    }
  }

  private void take(byte[] utf8, int begin, int end) {
    text.set(utf8, begin, end);
    data = text.data;
    from = text.from;
    to = text.to;
  }

  private void print(long integer) {
    value = integer;
    int at = MAX_DIGITS;
    long rest = value;
    do {
      digits[--at] = (byte) ('0' + Math.abs(rest % 10));
      rest /= 10;
    } while (rest != 0);
    if (value < 0) {
      digits[--at] = '-';
    }
    data = digits;
    from = at;
    to = MAX_DIGITS;
  }

  /** Whether the value is text, and not a single character. */
  boolean isText() {
    return type == 'Z' || type == 'H';
  }

  /** Whether the value is in a list; floats and arrays are in none. */
  boolean isIn(FilterList values) {
    return (type == 'i' || TEXT.indexOf(type) >= 0) && values.contains(data, from, to);
  }
}
