package org.bamarrow.internal.column;

import org.apache.arrow.memory.util.MemoryUtil;

/**
 * Stores to and loads from Arrow's memory by address, little-endian. Addresses are not checked: the
 * caller has ensured the capacity of the buffer.
 */
final class OffHeap {
  private OffHeap() {}

  static void int8(long address, int value) {
    MemoryUtil.putByte(address, (byte) value);
  }

  static void int16(long address, int value) {
    MemoryUtil.putShort(address, (short) value);
  }

  static void int32(long address, int value) {
    MemoryUtil.putInt(address, value);
  }

  static int int32(long address) {
    return MemoryUtil.getInt(address);
  }

  static void int64(long address, long value) {
    MemoryUtil.putLong(address, value);
  }

  static long int64(long address) {
    return MemoryUtil.getLong(address);
  }

  static void copy(byte[] source, int from, long address, long length) {
    MemoryUtil.copyToMemory(source, from, address, length);
  }

  static void copy(long address, byte[] target, int at, int length) {
    MemoryUtil.copyFromMemory(address, target, at, length);
  }

  static void copy(long source, long target, long length) {
    MemoryUtil.copyMemory(source, target, length);
  }

  static void zero(long address, long length) {
    MemoryUtil.setMemory(address, length, (byte) 0);
  }
}
