package org.bamarrow.internal.column;

import org.apache.arrow.memory.util.MemoryUtil;

/** The accesses of {@link OffHeap}, for one version of Arrow. */
abstract class MemoryAccess {
  abstract void int8(long address, byte value);

  abstract void int16(long address, short value);

  abstract void int32(long address, int value);

  abstract int int32(long address);

  abstract void int64(long address, long value);

  abstract long int64(long address);

  abstract void copy(byte[] source, int from, long address, long length);

  abstract void copy(long address, byte[] target, int at, int length);

  abstract void copy(long source, long target, long length);

  abstract void zero(long address, long length);

  /** For the version of Arrow on the class path: that of Spark 3.5 has no methods for it. */
  static MemoryAccess ofThisArrow() {
    try {
      MemoryUtil.class.getMethod("putLong", long.class, long.class);
      return new ArrowMemoryAccess();
    } catch (NoSuchMethodException e) {
      return OldArrowMemoryAccess.create();
    }
  }
}
