package org.bamarrow.internal.bam;

import org.bamarrow.internal.base.LittleEndian;

/**
 * Iterates over the auxiliary fields of a record (SAM specification 4.2.4), for tag decoding,
 * filters, the record finder and validation. The bounds of each field are checked before it is
 * returned, so callers read values without checks.
 *
 * <pre>
 * cursor.reset(data, from, to);
 * while (cursor.next()) { ... cursor.tag(), cursor.type(), cursor.value(), cursor.length() ... }
 * if (cursor.isInvalid()) { ... cursor.problem() ... }
 * </pre>
 *
 * <p>Reusable and without allocation, for one thread. {@link #next} returns false both after the
 * last field and at an invalid one, without an exception, since the record finder tests many
 * invalid candidates: callers that need valid records check {@link #isInvalid} after the loop.
 */
public final class AuxCursor {
  /** Indexed by type. */
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

  /** Moves before the first field in {@code data[from, to)}; bytes outside are not read. */
  public void reset(byte[] data, int from, int to) {
    this.data = data;
    this.to = to;
    start = from;
    next = from;
    broken = false;
  }

  /** Advances to the next field; false after the last one or if the next one is invalid. */
  public boolean next() {
    int at = next;
    if (to - at < 4) { // tag, type and the shortest value; 0 bytes left is the regular end
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

  /** Advances to the next field with that tag; false if there is none. */
  public boolean find(int key) {
    while (next()) {
      if (tag == key) {
        return true;
      }
    }
    return false;
  }

  /** Whether the iteration ended at an invalid field; see {@link #problem}. */
  public boolean isInvalid() {
    return broken;
  }

  /** Offset of the current field's first byte, or of the invalid field if {@link #isInvalid}. */
  public int start() {
    return start;
  }

  /** Offset after the end of the current field. */
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

  /** Length of the value in bytes: for Z and H without the NUL, for B only the elements. */
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

  /** The value of a field for which {@link #isInteger}. */
  public long integer() {
    return type == 'C' ? data[value] & 0xff : integer(data, type, value); // mostly C
  }

  /**
   * The integer of type {@code type} ({@code c C s S i I}) at an offset, also of an element of a B
   * field.
   */
  public static long integer(byte[] data, int type, int at) {
    return switch (type) {
      case 'c' -> data[at];
      case 'C' -> data[at] & 0xff;
      case 's' -> (short) LittleEndian.uint16(data, at);
      case 'S' -> LittleEndian.uint16(data, at);
      case 'i' -> LittleEndian.int32(data, at);
      case 'I' -> LittleEndian.int32(data, at) & 0xffffffffL;
      default ->
          throw new IllegalArgumentException("type " + (char) type + " is not an integer type");
    };
  }

  /** What is wrong if {@link #isInvalid}, without the record's position; null otherwise. */
  public String problem() {
    if (!broken) {
      return null;
    }
    int left = to - start;
    if (left < 4) {
      return left + " trailing byte(s) after the last tag";
    }
    String field = "tag " + printable(start, 2);
    return switch (type) {
      case 'Z', 'H' ->
          field + " of type " + (char) type + " has no NUL before the end of the record";
      case 'B' ->
          left < 8
              ? field + " of type B is truncated by the end of the record"
              : arrayProblem(field);
      default ->
          size(type) == 0
              ? field + " has the unknown type " + printable(start + 2, 1)
              : field + " of type " + (char) type + " is truncated by the end of the record";
    };
  }

  private String arrayProblem(String field) {
    if (elementSize(subtype) == 0) {
      return field + " of type B has the unknown subtype " + printable(start + 3, 1);
    }
    return field
        + (" of type B:" + (char) subtype + " has a count of " + count + " elements")
        + (" but the record has only " + (to - value) + " bytes left");
  }

  /** Printable ASCII characters as they are, other bytes in hexadecimal. */
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
    long bytes = (long) size * count; // a count of up to 2^31 elements of 4 bytes exceeds 32 bits
    if (size == 0 || bytes < 0 || bytes > to - value) {
      return fail();
    }
    length = (int) bytes;
    next = value + length;
    return true;
  }

  private boolean fail() {
    next = start; // a repeated call fails again
    broken = true;
    return false;
  }

  /** Size of a value of fixed length in bytes; 0 for Z, H, B and unknown types. */
  private static int size(int type) {
    return type == 'A' ? 1 : elementSize(type);
  }

  /** Size of an element of a B field in bytes; 0 for an unknown subtype. */
  public static int elementSize(int type) {
    return ELEMENT_SIZES[type & 0xff];
  }
}
