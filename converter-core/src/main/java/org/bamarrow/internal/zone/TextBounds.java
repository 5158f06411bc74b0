package org.bamarrow.internal.zone;

import java.nio.IntBuffer;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;

/** Bounds of text. Not thread-safe. */
final class TextBounds {
  /** Longer values have no bounds. */
  private static final int MAX_BYTES = 64;

  private final byte[] value = new byte[MAX_BYTES];

  /**
   * Bounds of text, of which at least one is not null; null if one is too long.
   *
   * @param validity null if no value is null
   */
  ColumnZone.Texts bounds(ArrowBuf offsets, ArrowBuf data, ArrowBuf validity, int rows) {
    byte[] min = null;
    byte[] max = null;
    IntBuffer ends = ZoneBuilder.bytes(offsets, 0, 4 * (rows + 1)).asIntBuffer();
    for (int i = 0; i < rows; i++) {
      if (validity != null && (validity.getByte(i >> 3) >> (i & 7) & 1) == 0) {
        continue;
      }
      int from = ends.get(i);
      int length = ends.get(i + 1) - from;
      if (length > MAX_BYTES) {
        return null;
      }
      if (length > 0) {
        ZoneBuilder.bytes(data, from, length).get(value, 0, length);
      }
      if (min == null || Arrays.compareUnsigned(value, 0, length, min, 0, min.length) < 0) {
        min = Arrays.copyOf(value, length);
      }
      if (max == null || Arrays.compareUnsigned(value, 0, length, max, 0, max.length) > 0) {
        max = Arrays.copyOf(value, length);
      }
    }
    return new ColumnZone.Texts(min, max);
  }
}
