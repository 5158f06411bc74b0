package org.bamarrow.verify;

import htsjdk.samtools.SAMRecord;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The auxiliary fields of one record (SAM specification 4.2.4) in their order. htsjdk sorts them by
 * tag, keeps one of duplicate tags and turns H into bytes; so the order, the types and these two
 * kinds of values come from the bytes that htsjdk read, all other values from htsjdk.
 */
final class AuxFields {
  int count;

  /** By {@link #key}. */
  int[] keys = new int[32];

  /** By {@link #type(char, char)}. */
  int[] types = new int[32];

  /** Whether the same tag occurs earlier in the record. */
  boolean[] repeated = new boolean[32];

  Object[] values = new Object[32];
  private int[] starts = new int[32];
  private boolean anyRepeated;

  static int key(CharSequence tag) {
    return tag.charAt(0) | tag.charAt(1) << 8;
  }

  static String tag(int key) {
    return "" + (char) (key & 0xff) + (char) (key >> 8);
  }

  /** One number for a type; all integer widths are {@code i}. */
  static int type(char type, char subtype) {
    return "cCsSI".indexOf(type) >= 0 ? 'i' : type | subtype << 8;
  }

  /** Finds the fields in {@code data[from, end)}; values are fetched by {@link #decode}. */
  void parse(byte[] data, int from) {
    ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).position(from);
    anyRepeated = false;
    for (count = 0; bytes.hasRemaining(); count++) {
      if (count == keys.length) {
        grow();
      }
      keys[count] = bytes.getShort() & 0xffff;
      starts[count] = bytes.position();
      char type = (char) bytes.get();
      types[count] = type(type, type == 'B' ? (char) bytes.get() : 0);
      repeated[count] = false;
      for (int i = 0; i < count; i++) {
        repeated[count] |= keys[i] == keys[count];
      }
      anyRepeated |= repeated[count];
      bytes.position(end(bytes, type));
    }
  }

  private void grow() {
    keys = Arrays.copyOf(keys, 2 * count);
    types = Arrays.copyOf(types, 2 * count);
    repeated = Arrays.copyOf(repeated, 2 * count);
    values = Arrays.copyOf(values, 2 * count);
    starts = Arrays.copyOf(starts, 2 * count);
  }

  private static int end(ByteBuffer bytes, char type) {
    int at = bytes.position();
    switch (type) {
      case 'A', 'c', 'C':
        return at + 1;
      case 's', 'S':
        return at + 2;
      case 'i', 'I', 'f':
        return at + 4;
      case 'Z', 'H':
        while (bytes.get(at) != 0) {
          at++;
        }
        return at + 1;
      case 'B':
        int elements = bytes.getInt(at);
        return Math.toIntExact(at + 4 + (long) elements * width((char) bytes.get(at - 1)));
      default:
        throw new IllegalArgumentException("an auxiliary field has type '" + type + "'");
    }
  }

  private static int width(char subtype) {
    return switch (subtype) {
      case 'c', 'C' -> 1;
      case 's', 'S' -> 2;
      case 'i', 'I', 'f' -> 4;
      default -> throw new IllegalArgumentException("an array has subtype '" + subtype + "'");
    };
  }

  /** Index of the first field of that tag, or -1. */
  int first(int key) {
    for (int i = 0; i < count; i++) {
      if (keys[i] == key) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Fetches all values; {@code skipped} is a field that is none (CG that became the CIGAR) or -1.
   */
  void decode(SAMRecord record, byte[] data, int skipped) {
    for (int i = 0; i < count; i++) {
      if (i != skipped) {
        // After a duplicate tag htsjdk's list may lack other fields too.
        boolean own = anyRepeated || types[i] == 'H';
        values[i] = own ? raw(i, data) : record.getAttribute(tag(keys[i]));
      }
    }
  }

  /** The value as htsjdk gives it, H as text. */
  private Object raw(int index, byte[] data) {
    ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).position(starts[index]);
    char type = (char) bytes.get();
    return switch (type) {
      case 'A' -> (char) (bytes.get() & 0xff);
      case 'c' -> (int) bytes.get();
      case 'C' -> bytes.get() & 0xff;
      case 's' -> (int) bytes.getShort();
      case 'S' -> bytes.getShort() & 0xffff;
      case 'i' -> bytes.getInt();
      case 'I' -> bytes.getInt() & 0xffffffffL;
      case 'f' -> bytes.getFloat();
      case 'B' -> array(bytes);
      default -> {
        int start = bytes.position();
        yield new String(data, start, end(bytes, type) - 1 - start, StandardCharsets.ISO_8859_1);
      }
    };
  }

  private static Object array(ByteBuffer bytes) {
    char subtype = (char) bytes.get();
    int elements = bytes.getInt();
    switch (width(subtype)) {
      case 1:
        byte[] small = new byte[elements];
        bytes.get(small);
        return small;
      case 2:
        short[] middle = new short[elements];
        bytes.asShortBuffer().get(middle);
        return middle;
      default:
        if (subtype == 'f') {
          float[] floats = new float[elements];
          bytes.asFloatBuffer().get(floats);
          return floats;
        }
        int[] large = new int[elements];
        bytes.asIntBuffer().get(large);
        return large;
    }
  }

  /** The array of field {@code index} as stored, for CG. */
  int[] ints(int index, byte[] data) {
    return (int[]) raw(index, data);
  }
}
