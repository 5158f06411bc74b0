package org.bamarrow.internal.column;

/**
 * Stores to and loads from Arrow's memory by address, little-endian. Addresses are not checked: the
 * caller has ensured the capacity of the buffer.
 */
final class OffHeap {
  /** One class of accesses is loaded in a process, so that the JIT inlines its methods. */
  private static final MemoryAccess ACCESS = MemoryAccess.ofThisArrow();

  private OffHeap() {}

  static void int8(long address, int value) {
    ACCESS.int8(address, (byte) value);
  }

  static void int16(long address, int value) {
    ACCESS.int16(address, (short) value);
  }

  static void int32(long address, int value) {
    ACCESS.int32(address, value);
  }

  static int int32(long address) {
    return ACCESS.int32(address);
  }

  static void int64(long address, long value) {
    ACCESS.int64(address, value);
  }

  static long int64(long address) {
    return ACCESS.int64(address);
  }

  static void copy(byte[] source, int from, long address, long length) {
    ACCESS.copy(source, from, address, length);
  }

  static void copy(long address, byte[] target, int at, int length) {
    ACCESS.copy(address, target, at, length);
  }

  static void copy(long source, long target, long length) {
    ACCESS.copy(source, target, length);
  }

  static void zero(long address, long length) {
    ACCESS.zero(address, length);
  }
}
