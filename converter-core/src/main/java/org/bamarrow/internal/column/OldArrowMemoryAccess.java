package org.bamarrow.internal.column;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.apache.arrow.memory.util.MemoryUtil;

/**
 * Through the object that Arrow 12, the version of Spark 3.5, has as {@code MemoryUtil.UNSAFE}. The
 * handles are constants, so that the JIT inlines the calls.
 */
final class OldArrowMemoryAccess extends MemoryAccess {
  private static final Object UNSAFE = unsafe();
  private static final MethodHandle PUT_BYTE = handle("putByte", void.class, byte.class);
  private static final MethodHandle PUT_SHORT = handle("putShort", void.class, short.class);
  private static final MethodHandle PUT_INT = handle("putInt", void.class, int.class);
  private static final MethodHandle PUT_LONG = handle("putLong", void.class, long.class);
  private static final MethodHandle GET_INT = handle("getInt", int.class);
  private static final MethodHandle GET_LONG = handle("getLong", long.class);
  private static final MethodHandle SET = handle("setMemory", void.class, long.class, byte.class);
  private static final MethodHandle COPY =
      handle(
          "copyMemory",
          MethodType.methodType(
              void.class, Object.class, long.class, Object.class, long.class, long.class));

  private static final long ARRAY_BASE = arrayBase();

  private OldArrowMemoryAccess() {}

  /** A method, so that the caller is verified without this class, see {@link OffHeap}. */
  static MemoryAccess create() {
    return new OldArrowMemoryAccess();
  }

  private static Object unsafe() {
    try {
      return MemoryUtil.class.getField("UNSAFE").get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("unsupported version of Arrow", e);
    }
  }

  private static long arrayBase() {
    try {
      return MemoryUtil.class.getField("BYTE_ARRAY_BASE_OFFSET").getLong(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("unsupported version of Arrow", e);
    }
  }

  /** A method whose first parameter is an address. */
  private static MethodHandle handle(String name, Class<?> result, Class<?>... more) {
    MethodType type = MethodType.methodType(result, long.class).appendParameterTypes(more);
    return handle(name, type);
  }

  private static MethodHandle handle(String name, MethodType type) {
    try {
      return MethodHandles.publicLookup().bind(UNSAFE, name, type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("unsupported version of Arrow", e);
    }
  }

  private static AssertionError unexpected(Throwable e) {
    return new AssertionError("accesses to memory throw nothing", e);
  }

  @Override
  void int8(long address, byte value) {
    try {
      PUT_BYTE.invokeExact(address, value);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  void int16(long address, short value) {
    try {
      PUT_SHORT.invokeExact(address, value);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  void int32(long address, int value) {
    try {
      PUT_INT.invokeExact(address, value);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  int int32(long address) {
    try {
      return (int) GET_INT.invokeExact(address);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  void int64(long address, long value) {
    try {
      PUT_LONG.invokeExact(address, value);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  long int64(long address) {
    try {
      return (long) GET_LONG.invokeExact(address);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  void copy(byte[] source, int from, long address, long length) {
    copy(source, ARRAY_BASE + from, null, address, length);
  }

  @Override
  void copy(long address, byte[] target, int at, int length) {
    copy(null, address, target, ARRAY_BASE + at, length);
  }

  @Override
  void copy(long source, long target, long length) {
    copy(null, source, null, target, length);
  }

  private static void copy(Object source, long from, Object target, long at, long length) {
    try {
      COPY.invokeExact(source, from, target, at, length);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  void zero(long address, long length) {
    try {
      SET.invokeExact(address, length, (byte) 0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }
}
