package org.bamarrow.synth;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array that writes little-endian numbers and text. For one thread. */
final class Bytes {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  byte[] array;
  int length;

  Bytes(int capacity) {
    array = new byte[capacity];
  }

  Bytes clear() {
    length = 0;
    return this;
  }

  /** Ensures room for this many more bytes. */
  void reserve(int more) {
    int need = Math.addExact(length, more);
    if (need > array.length) {
      array = Arrays.copyOf(array, (int) Math.min(Integer.MAX_VALUE - 8, need * 3L / 2));
    }
  }

  Bytes u8(int value) {
    reserve(1);
    array[length++] = (byte) value;
    return this;
  }

  Bytes u16(int value) {
    return u8(value).u8(value >> 8);
  }

  Bytes i32(int value) {
    reserve(4);
    INT.set(array, length, value);
    length += 4;
    return this;
  }

  void setI32(int at, int value) {
    INT.set(array, at, value);
  }

  Bytes bytes(byte[] source, int from, int count) {
    reserve(count);
    System.arraycopy(source, from, array, length, count);
    length += count;
    return this;
  }

  Bytes bytes(Bytes other) {
    return bytes(other.array, 0, other.length);
  }

  @SuppressWarnings("deprecation") // getBytes(int...) copies the low bytes: ASCII, no allocation
  Bytes ascii(String text) {
    int count = text.length();
    reserve(count);
    text.getBytes(0, count, array, length);
    length += count;
    return this;
  }

  Bytes utf8(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    return bytes(encoded, 0, encoded.length);
  }

  /** A number of 0 or more in decimal digits. */
  Bytes digits(int value) {
    int places = 1;
    for (int rest = value; rest > 9; rest /= 10) {
      places++;
    }
    reserve(places);
    int rest = value;
    for (int i = length + places - 1; i >= length; i--, rest /= 10) {
      array[i] = (byte) ('0' + rest % 10);
    }
    length += places;
    return this;
  }

  Bytes repeat(int value, int count) {
    reserve(count);
    Arrays.fill(array, length, length + count, (byte) value);
    length += count;
    return this;
  }
}
