package org.bamarrow.internal.bgzf;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Arrays that closed buffers leave for the next ones of this virtual machine. A reader of one split
 * needs a few megabytes for half a second: with new ones for each, a garbage collector that treats
 * large arrays apart works all the time. Held softly, so that no memory is short of them.
 */
final class ByteArrays {
  private static final int MOST = 4 * Runtime.getRuntime().availableProcessors();

  /** Smaller ones are cheap to make, larger ones are for rare large records. */
  private static final int SMALLEST = 1 << 18;

  private static final int LARGEST = 1 << 23;

  private static final Deque<SoftReference<byte[]>> FREE = new ArrayDeque<>();

  private ByteArrays() {}

  /** An array of at least {@code length} bytes of any content, the caller's alone from now on. */
  static byte[] take(int length) {
    if (length >= SMALLEST && length <= LARGEST) {
      synchronized (FREE) {
        for (int tried = FREE.size(); tried > 0; tried--) {
          SoftReference<byte[]> reference = FREE.pop();
          byte[] array = reference.get();
          if (array != null && array.length >= length) {
            return array;
          }
          if (array != null) {
            FREE.addLast(reference);
          }
        }
      }
    }
    return new byte[length];
  }

  /** Takes back what nobody uses any more, whichever array it is. */
  static void give(byte[] array) {
    if (array.length >= SMALLEST && array.length <= LARGEST) {
      synchronized (FREE) {
        if (FREE.size() < MOST) {
          FREE.push(new SoftReference<>(array));
        }
      }
    }
  }
}
