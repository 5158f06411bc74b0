package org.bamarrow.internal.column;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A tag as a value of Java: what a test encodes, and what it expects of a decoder.
 *
 * @param type as the record stores it, {@code c C s S i I f A Z H B}
 * @param subtype of B, else 0
 * @param value Long, Float, String or a list of Long or Float
 */
record ModelTag(String name, char type, char subtype, Object value) {
  /** The type of the column that takes it, as {@code --tags} writes it. */
  String samType() {
    return switch (type) {
      case 'c', 'C', 's', 'S', 'i', 'I' -> "i";
      case 'B' -> "B:" + subtype;
      default -> String.valueOf(type);
    };
  }

  /** SAM text after the two-letter tag. */
  String samText() {
    String head = samType() + ":";
    if (type != 'B') {
      return head + text(value);
    }
    StringBuilder text = new StringBuilder("B:" + subtype);
    for (Object element : (List<?>) value) {
      text.append(',').append(text(element));
    }
    return text.toString();
  }

  /** Only for floats that both Java and samtools print plainly. */
  private static String text(Object value) {
    if (value instanceof Float number && number == Math.rint(number)) {
      return String.valueOf(number.intValue());
    }
    return value.toString();
  }

  void encode(ByteArrayOutputStream out) {
    out.writeBytes(name.getBytes(StandardCharsets.ISO_8859_1));
    out.write(type);
    if (type == 'B') {
      List<?> elements = (List<?>) value;
      out.write(subtype);
      put(out, 'i', (long) elements.size());
      elements.forEach(element -> put(out, subtype, element));
    } else if (value instanceof String text) {
      out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
      if (type != 'A') {
        out.write(0);
      }
    } else {
      put(out, type, value);
    }
  }

  private static void put(ByteArrayOutputStream out, char type, Object value) {
    ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    if (value instanceof Float number) {
      bytes.putFloat(number);
    } else {
      bytes.putInt(((Long) value).intValue());
    }
    out.write(bytes.array(), 0, width(type));
  }

  private static int width(char type) {
    return "cC".indexOf(type) >= 0 ? 1 : "sS".indexOf(type) >= 0 ? 2 : 4;
  }

  static ModelTag random(String name, Random random) {
    char type = "cCsSiIfAZHB".charAt(random.nextInt(11));
    if (type != 'B') {
      return new ModelTag(name, type, (char) 0, value(type, random));
    }
    char subtype = "cCsSiIf".charAt(random.nextInt(7));
    List<Object> elements = new ArrayList<>();
    for (int left = random.nextInt(6); left > 0; left--) {
      elements.add(value(subtype, random));
    }
    return new ModelTag(name, 'B', subtype, elements);
  }

  private static Object value(char type, Random random) {
    return switch (type) {
      case 'c' -> (long) (byte) random.nextInt();
      case 'C' -> random.nextInt() & 0xffL;
      case 's' -> (long) (short) random.nextInt();
      case 'S' -> random.nextInt() & 0xffffL;
      case 'i' -> (long) random.nextInt();
      case 'I' -> random.nextInt() & 0xffffffffL;
      case 'f' -> (random.nextInt(2000) - 1000) / 8f;
      case 'A' -> String.valueOf((char) (33 + random.nextInt(94)));
      case 'H' -> "1A".repeat(random.nextInt(4));
      default -> "text ".repeat(random.nextInt(4)) + random.nextInt(1000);
    };
  }
}
