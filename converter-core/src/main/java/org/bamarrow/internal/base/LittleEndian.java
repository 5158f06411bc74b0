package org.bamarrow.internal.base;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian integers in byte arrays, as BGZF and BAM store them; bounds are checked. */
public final class LittleEndian {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  public static long int64(byte[] data, int offset) {
    return (long) LONG.get(data, offset);
  }

  public static void int64(byte[] data, int offset, long value) {
    LONG.set(data, offset, value);
  }

  public static int int32(byte[] data, int offset) {
    return (int) INT.get(data, offset);
  }

  public static void int32(byte[] data, int offset, int value) {
    INT.set(data, offset, value);
  }

  public static int uint16(byte[] data, int offset) {
    return (short) SHORT.get(data, offset) & 0xffff;
  }

  public static int uint8(byte[] data, int offset) {
    return data[offset] & 0xff;
  }
}
