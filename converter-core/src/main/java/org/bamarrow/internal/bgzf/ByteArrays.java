package org.bamarrow.internal.bgzf;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A pool of byte arrays, shared by all buffers of the JVM. A reader of one split needs a few
 * megabytes for half a second; allocating them anew for each split (humongous objects in G1) keeps
 * the garbage collector busy. Arrays are held by soft references, so that the pool never causes an
 * out-of-memory error.
 */
final class ByteArrays {
  private static final int MAX_ARRAYS = 4 * Runtime.getRuntime().availableProcessors();

  /** Shorter arrays are cheap to allocate, longer ones are for rare large records. */
  private static final int MIN_LENGTH = 1 << 18;

  private static final int MAX_LENGTH = 1 << 23;

  private static final Deque<SoftReference<byte[]>> FREE = new ArrayDeque<>();

  private ByteArrays() {}

  /** An array of at least {@code length} bytes with any content, owned by the caller. */
  static byte[] acquire(int length) {
    if (length >= MIN_LENGTH && length <= MAX_LENGTH) {
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

  /** Returns an array, from this pool or not, that is no longer used. */
  static void release(byte[] array) {
    if (array.length >= MIN_LENGTH && array.length <= MAX_LENGTH) {
      synchronized (FREE) {
        if (FREE.size() < MAX_ARRAYS) {
          FREE.push(new SoftReference<>(array));
        }
      }
    }
  }
}
