package org.bamarrow.internal.zone;

import java.nio.ByteBuffer;
import org.apache.arrow.memory.ArrowBuf;

/**
 * Bounds of numbers. Values are copied to the heap a thousand at a time and compared in short
 * methods, which the quick compiler compiles soon. Not thread-safe.
 */
final class NumberBounds {
  /** Values at a time; a multiple of 8, so that their validity starts at a byte. */
  private static final int STEP = 1 << 10;

  private final int[] ints = new int[STEP];
  private final long[] longs = new long[STEP];
  private final short[] shorts = new short[STEP];
  private final byte[] bytes = new byte[STEP];
  private final float[] floats = new float[STEP];
  private final double[] doubles = new double[STEP];
  private final byte[] valid = new byte[STEP / 8];
  private int min;
  private int max;
  private int and;
  private int or;
  private long minLong;
  private long maxLong;

  /** The bits of the integers of up to 4 bytes that were read last. */
  Zone.Flags flags() {
    return new Zone.Flags(and, or);
  }

  /**
   * Bounds of signed integers, of which at least one is not null.
   *
   * @param validity null if no value is null
   * @param size of a value in bytes
   */
  ColumnZone.Numbers integers(ArrowBuf values, ArrowBuf validity, int rows, int size) {
    begin();
    for (int from = 0; from < rows; from += STEP) {
      int count = Math.min(STEP, rows - from);
      ByteBuffer source = ZoneBuilder.bytes(values, (long) from * size, count * size);
      if (size == 8) {
        source.asLongBuffer().get(longs, 0, count);
        addLongs(validity == null ? count : keepLongs(validity, from, count));
      } else {
        read(source, size, count);
        addInts(validity == null ? count : keepInts(validity, from, count));
      }
    }
    return size == 8 ? new ColumnZone.Numbers(minLong, maxLong) : new ColumnZone.Numbers(min, max);
  }

  private void begin() {
    min = Integer.MAX_VALUE;
    max = Integer.MIN_VALUE;
    and = -1;
    or = 0;
    minLong = Long.MAX_VALUE;
    maxLong = Long.MIN_VALUE;
  }

  private void read(ByteBuffer source, int size, int count) {
    switch (size) {
      case 4 -> source.asIntBuffer().get(ints, 0, count);
      case 2 -> {
        source.asShortBuffer().get(shorts, 0, count);
        for (int i = 0; i < count; i++) {
          ints[i] = shorts[i];
        }
      }
      default -> {
        source.get(bytes, 0, count);
        for (int i = 0; i < count; i++) {
          ints[i] = bytes[i];
        }
      }
    }
  }

  private void addInts(int count) {
    int least = min;
    int most = max;
    int all = and;
    int any = or;
    for (int i = 0; i < count; i++) {
      int value = ints[i];
      least = Math.min(least, value);
      most = Math.max(most, value);
      all &= value;
      any |= value;
    }
    min = least;
    max = most;
    and = all;
    or = any;
  }

  private void addLongs(int count) {
    for (int i = 0; i < count; i++) {
      minLong = Math.min(minLong, longs[i]);
      maxLong = Math.max(maxLong, longs[i]);
    }
  }

  /** Moves the values that are not null to the front; returns their number. */
  private int keepInts(ArrowBuf validity, int from, int count) {
    readValidity(validity, from, count);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      ints[kept] = ints[i];
      kept += valid[i >> 3] >> (i & 7) & 1;
    }
    return kept;
  }

  private int keepLongs(ArrowBuf validity, int from, int count) {
    readValidity(validity, from, count);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      longs[kept] = longs[i];
      kept += valid[i >> 3] >> (i & 7) & 1;
    }
    return kept;
  }

  private void readValidity(ArrowBuf validity, int from, int count) {
    ZoneBuilder.bytes(validity, from >> 3, count + 7 >> 3).get(valid, 0, count + 7 >> 3);
  }

  /** As {@link #integers}, for floats of 4 or 8 bytes, in the order of {@link ColumnZone}. */
  ColumnZone.Numbers floats(ArrowBuf values, ArrowBuf validity, int rows, int size) {
    begin();
    for (int from = 0; from < rows; from += STEP) {
      int count = Math.min(STEP, rows - from);
      ByteBuffer source = ZoneBuilder.bytes(values, (long) from * size, count * size);
      if (size == 8) {
        source.asDoubleBuffer().get(doubles, 0, count);
      } else {
        source.asFloatBuffer().get(floats, 0, count);
      }
      for (int i = 0; i < count; i++) {
        longs[i] = ColumnZone.ofDouble(size == 8 ? doubles[i] : floats[i]);
      }
      addLongs(validity == null ? count : keepLongs(validity, from, count));
    }
    return new ColumnZone.Numbers(minLong, maxLong);
  }
}
