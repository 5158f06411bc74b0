package org.bamarrow.verify;

/** Values of auxiliary fields, in htsjdk's Java types, as SAM text and as Arrow list elements. */
final class TagText {
  private TagText() {}

  /** Appends the text after {@code XX:}, such as {@code i:5} or {@code B:c,1,-2}. */
  static void sam(int type, Object value, Bytes out) {
    out.add(type & 0xff).add(':');
    if (value instanceof Character c) {
      out.add(c);
    } else if (value instanceof Float f) {
      out.addFloat(f);
    } else if (value instanceof Number number) {
      out.addNumber(number.longValue());
    } else if (value instanceof String text) {
      out.addLatin1(text);
    } else {
      char subtype = (char) (type >> 8);
      out.add(subtype);
      for (int i = 0; i < java.lang.reflect.Array.getLength(value); i++) {
        out.add(',');
        if (value instanceof float[] floats) {
          out.addFloat(floats[i]);
        } else {
          out.addNumber(element(value, subtype, i));
        }
      }
    }
  }

  /** Appends an array as the elements of the list that its column holds. */
  static void elements(Object value, char subtype, Bytes out) {
    int width = elementWidth(subtype);
    for (int i = 0; i < java.lang.reflect.Array.getLength(value); i++) {
      long element =
          value instanceof float[] floats
              ? Float.floatToRawIntBits(floats[i])
              : element(value, subtype, i);
      out.addLittleEndian(element, width);
    }
  }

  /** Bytes of a list element: signed types hold the unsigned values of the next smaller width. */
  static int elementWidth(char subtype) {
    return switch (subtype) {
      case 'c' -> 1;
      case 'C', 's' -> 2;
      case 'S', 'i', 'f' -> 4;
      case 'I' -> 8;
      default -> throw new IllegalArgumentException("an array has subtype '" + subtype + "'");
    };
  }

  private static long element(Object array, char subtype, int index) {
    boolean unsigned = Character.isUpperCase(subtype);
    if (array instanceof byte[] bytes) {
      return unsigned ? bytes[index] & 0xff : bytes[index];
    }
    if (array instanceof short[] shorts) {
      return unsigned ? shorts[index] & 0xffff : shorts[index];
    }
    int value = ((int[]) array)[index];
    return unsigned ? value & 0xffffffffL : value;
  }
}
