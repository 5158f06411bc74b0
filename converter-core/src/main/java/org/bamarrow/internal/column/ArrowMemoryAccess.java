package org.bamarrow.internal.column;

import org.apache.arrow.memory.util.MemoryUtil;

/** Through the methods that {@link MemoryUtil} has since Arrow 18. */
final class ArrowMemoryAccess extends MemoryAccess {
  @Override
  void int8(long address, byte value) {
    MemoryUtil.putByte(address, value);
  }

  @Override
  void int16(long address, short value) {
    MemoryUtil.putShort(address, value);
  }

  @Override
  void int32(long address, int value) {
    MemoryUtil.putInt(address, value);
  }

  @Override
  int int32(long address) {
    return MemoryUtil.getInt(address);
  }

  @Override
  void int64(long address, long value) {
    MemoryUtil.putLong(address, value);
  }

  @Override
  long int64(long address) {
    return MemoryUtil.getLong(address);
  }

  @Override
  void copy(byte[] source, int from, long address, long length) {
    MemoryUtil.copyToMemory(source, from, address, length);
  }

  @Override
  void copy(long address, byte[] target, int at, int length) {
    MemoryUtil.copyFromMemory(address, target, at, length);
  }

  @Override
  void copy(long source, long target, long length) {
    MemoryUtil.copyMemory(source, target, length);
  }

  @Override
  void zero(long address, long length) {
    MemoryUtil.setMemory(address, length, (byte) 0);
  }
}
