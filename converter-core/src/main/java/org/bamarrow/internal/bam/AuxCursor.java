package org.bamarrow.internal.bam;

import org.bamarrow.internal.base.LittleEndian;

/**
 * Walks the auxiliary fields of a record (SAM specification 4.2.4): the one walker for tag
 * decoding, filters, the record finder and validation. It proves each field's extent before it
 * tells of it, so callers read the value without checks.
 *
 * <pre>
 * cursor.reset(data, from, to);
 * while (cursor.next()) { ... cursor.tag(), cursor.type(), cursor.value(), cursor.length() ... }
 * if (cursor.broken()) { ... cursor.problem() ... }
 * </pre>
 *
 * <p>Reusable and without allocation, for one thread. {@link #next} ends in silence both behind the
 * last field and at a broken one, since the finder meets broken fields by the million: whoever
 * needs whole records asks {@link #broken} after the loop.
 */
public final class AuxCursor {
  /** By type, a byte. */
  private static final byte[] ELEMENT_SIZES = new byte[1 << 8];

  static {
    for (char type : "cC".toCharArray()) {
      ELEMENT_SIZES[type] = 1;
    }
    for (char type : "sS".toCharArray()) {
      ELEMENT_SIZES[type] = 2;
    }
    for (char type : "iIf".toCharArray()) {
      ELEMENT_SIZES[type] = 4;
    }
  }

  private byte[] data;
  private int to;
  private int start;
  private int next;
  private int tag;
  private int type;
  private int subtype;
  private int value;
  private int length;
  private int count;
  private boolean broken;

  /** The key that {@link #tag} gives for the two letters of {@code tag}. */
  public static int key(String tag) {
    if (tag.length() != 2 || tag.charAt(0) > 0x7f || tag.charAt(1) > 0x7f) {
      throw new IllegalArgumentException("'" + tag + "' is not a tag of two ASCII characters");
    }
    return tag.charAt(0) | tag.charAt(1) << 8;
  }

  /** The two letters of a key. */
  public static String name(int key) {
    return new String(new char[] {(char) (key & 0xff), (char) (key >>> 8)});
  }

  /** Starts anew in front of the fields in {@code data[from, to)}; nothing outside is read. */
  public void reset(byte[] data, int from, int to) {
    this.data = data;
    this.to = to;
    start = from;
    next = from;
    broken = false;
  }

  /** Goes to the next field; false behind the last one and where the next one is broken. */
  public boolean next() {
    int at = next;
    if (to - at < 4) { // tag, type and the smallest value; 0 left is the regular end
      start = at;
      broken |= at != to;
      return false;
    }
    start = at;
    tag = LittleEndian.uint16(data, at);
    type = data[at + 2];
    value = at + 3;
    subtype = 0;
    int size = size(type);
    if (size > 0) {
      length = size;
      next = value + size;
      return next <= to || fail();
    }
    return switch (type) {
      case 'Z', 'H' -> text();
      case 'B' -> array();
      default -> fail();
    };
  }

  /** Goes on to the first field of that tag, from behind the current field; false if none. */
  public boolean find(int key) {
    while (next()) {
      if (tag == key) {
        return true;
      }
    }
    return false;
  }

  /** Whether the walk ended in front of bytes that are no field; {@link #problem} tells why. */
  public boolean broken() {
    return broken;
  }

  /** Offset of the current field's first byte: of the broken one once {@link #broken}. */
  public int start() {
    return start;
  }

  /** Offset just behind the current field. */
  public int end() {
    return next;
  }

  /** The current field's two letters as {@link #key} packs them. */
  public int tag() {
    return tag;
  }

  /** The current field's type, one of {@code A c C s S i I f Z H B}. */
  public int type() {
    return type;
  }

  /** Element type of a B field, one of {@code c C s S i I f}; else 0. */
  public int subtype() {
    return subtype;
  }

  /** Offset of the value's first byte: of the first element of a B field. */
  public int value() {
    return value;
  }

  /** Length of the value in bytes: of Z and H without the NUL, of B the elements alone. */
  public int length() {
    return length;
  }

  /** Number of elements of a B field; undefined for other types. */
  public int count() {
    return count;
  }

  /** Whether the type is one of {@code c C s S i I}. */
  public boolean isInteger() {
    return type != 'f' && elementSize(type) != 0;
  }

  /** The value of a field with {@link #isInteger}. */
  public long integer() {
    return integer(data, type, value);
  }

  /** The integer of type {@code type} ({@code c C s S i I}) at an offset: a B element, too. */
  public static long integer(byte[] data, int type, int at) {
    return switch (type) {
      case 'c' -> data[at];
      case 'C' -> data[at] & 0xff;
      case 's' -> (short) LittleEndian.uint16(data, at);
      case 'S' -> LittleEndian.uint16(data, at);
      case 'i' -> LittleEndian.int32(data, at);
      case 'I' -> LittleEndian.int32(data, at) & 0xffffffffL;
      default -> throw new IllegalArgumentException("type " + (char) type + " is no integer");
    };
  }

  /** What is wrong where {@link #broken}, without the record's place; built only when asked. */
  public String problem() {
    if (!broken) {
      return null;
    }
    int left = to - start;
    if (left < 4) {
      return left + " stray byte(s) behind the last tag";
    }
    String field = "tag " + printable(start, 2);
    return switch (type) {
      case 'Z', 'H' -> field + " of type " + (char) type + " has no NUL before the record's end";
      case 'B' ->
          left < 8 ? field + " of type B is cut off by the record's end" : arrayProblem(field);
      default ->
          size(type) == 0
              ? field + " has the unknown type " + printable(start + 2, 1)
              : field + " of type " + (char) type + " is cut off by the record's end";
    };
  }

  private String arrayProblem(String field) {
    if (elementSize(subtype) == 0) {
      return field + " of type B has the unknown subtype " + printable(start + 3, 1);
    }
    return field
        + (" of type B:" + (char) subtype + " claims " + count + " elements")
        + (" where the record has " + (to - value) + " bytes left");
  }

  /** Printable ASCII as it stands, everything else in hexadecimal: broken bytes may be any. */
  private String printable(int from, int bytes) {
    StringBuilder text = new StringBuilder();
    for (int at = from; at < from + bytes; at++) {
      int b = data[at] & 0xff;
      text.append(b > 0x20 && b < 0x7f ? String.valueOf((char) b) : String.format("\\x%02x", b));
    }
    return text.toString();
  }

  private boolean text() {
    int nul = TextCheck.indexOfNul(data, value, to);
    length = nul - value;
    next = nul + 1;
    return nul < to || fail();
  }

  private boolean array() {
    if (to - value < 5) {
      return fail();
    }
    subtype = data[value];
    count = LittleEndian.int32(data, value + 1);
    value += 5;
    int size = elementSize(subtype);
    long bytes = (long) size * count; // a count up to 2^31 of 4 bytes each: past 32 bits
    if (size == 0 || bytes < 0 || bytes > to - value) {
      return fail();
    }
    length = (int) bytes;
    next = value + length;
    return true;
  }

  private boolean fail() {
    next = start; // asked again it fails again
    broken = true;
    return false;
  }

  /** Bytes of a value of fixed length; 0 for Z, H, B and all that the specification lacks. */
  private static int size(int type) {
    return type == 'A' ? 1 : elementSize(type);
  }

  /** Bytes of an element of a B field; 0 where there is no such subtype. */
  public static int elementSize(int type) {
    return ELEMENT_SIZES[type & 0xff];
  }
}
