package org.bamarrow.verify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;

/** A growing byte array that is filled, read and cleared again; for one thread. */
final class Bytes {
  private static final int LONGEST_NUMBER = 20;

  byte[] data = new byte[1 << 12];
  int length;

  Bytes clear() {
    length = 0;
    return this;
  }

  /** Ensures capacity for {@code more} bytes after {@link #length}. */
  void reserve(int more) {
    int needed = Math.addExact(length, more);
    if (needed > data.length) {
      data = Arrays.copyOf(data, Math.max(needed, (int) Math.min(2L * data.length, 1 << 30)));
    }
  }

  Bytes add(int value) {
    reserve(1);
    data[length++] = (byte) value;
    return this;
  }

  Bytes add(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, data, length, to - from);
    length += to - from;
    return this;
  }

  Bytes add(byte[] source) {
    return add(source, 0, source.length);
  }

  Bytes add(ArrowBuf source, long from, int count) {
    reserve(count);
    source.getBytes(from, data, length, count);
    length += count;
    return this;
  }

  /** Appends characters 0 to 255 as one byte each. */
  Bytes addLatin1(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      data[length++] = (byte) text.charAt(i);
    }
    return this;
  }

  Bytes addNumber(long value) {
    reserve(LONGEST_NUMBER);
    if (value < 0) {
      data[length++] = '-';
      if (value == Long.MIN_VALUE) {
        return addLatin1(Long.toString(value).substring(1));
      }
    }
    long rest = Math.abs(value);
    int end = length + 1;
    for (long power = rest / 10; power > 0; power /= 10) {
      end++;
    }
    for (int at = end - 1; at >= length; at--) {
      data[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length = end;
    return this;
  }

  Bytes addFloat(float value) {
    FloatText.append(value, this);
    return this;
  }

  /** Appends the low {@code width} bytes of {@code value}, little-endian as Arrow's buffers are. */
  Bytes addLittleEndian(long value, int width) {
    reserve(width);
    for (int i = 0; i < width; i++) {
      data[length++] = (byte) (value >>> 8 * i);
    }
    return this;
  }

  boolean sameAs(Bytes other) {
    return Arrays.equals(data, 0, length, other.data, 0, other.length);
  }

  @Override
  public String toString() {
    return new String(data, 0, length, StandardCharsets.UTF_8);
  }
}
