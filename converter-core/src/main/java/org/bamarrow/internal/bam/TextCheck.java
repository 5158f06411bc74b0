package org.bamarrow.internal.bam;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.bamarrow.internal.base.LittleEndian;

/**
 * Checks of text in a range of bytes {@code [from, to)}, eight bytes at a time while it is ASCII.
 * Bytes outside the range are not read. Thread-safe.
 */
public final class TextCheck {
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  /** Bytes per call of a short method: docs/performance.md, "Start-up and the JVM". */
  private static final int PIECE = 1 << 10;

  private TextCheck() {}

  public static boolean isAscii(byte[] data, int from, int to) {
    return asciiEnd(data, from, to) == to;
  }

  /** Whether the whole range is well-formed UTF-8, without surrogates and overlong forms. */
  public static boolean isUtf8(byte[] data, int from, int to) {
    int ascii = asciiEnd(data, from, to);
    return ascii == to || decodes(data, ascii, to);
  }

  /**
   * Converts Latin-1 to UTF-8: bytes from 0x80 on become two bytes.
   *
   * @param target needs up to {@code 2 * (to - from)} bytes from {@code at} on
   * @return offset after the last byte written
   */
  public static int latin1ToUtf8(byte[] source, int from, int to, byte[] target, int at) {
    int out = at;
    for (int in = from; in < to; ) {
      int ascii = asciiEnd(source, in, to);
      System.arraycopy(source, in, target, out, ascii - in);
      out += ascii - in;
      in = ascii;
      for (; in < to && source[in] < 0; in++) {
        target[out++] = (byte) (0xc0 | (source[in] & 0xff) >>> 6);
        target[out++] = (byte) (0x80 | source[in] & 0x3f);
      }
    }
    return out;
  }

  /**
   * The inverse of {@link #latin1ToUtf8}, for text that it has made.
   *
   * @param target needs up to {@code to - from} bytes from {@code at} on
   * @return offset after the last byte written
   */
  public static int utf8ToLatin1(byte[] source, int from, int to, byte[] target, int at) {
    int out = at;
    for (int in = from; in < to; in++) {
      int first = source[in];
      // 128 to 255 are two bytes of UTF-8: 110000xx 10xxxxxx
      boolean two = first < 0 && in + 1 < to;
      target[out++] = (byte) (two ? first << 6 | source[++in] & 0x3f : first);
    }
    return out;
  }

  /** Offset of the first NUL, or {@code to}. */
  public static int indexOfNul(byte[] data, int from, int to) {
    int at = from;
    for (; at <= to - 8; at += 8) {
      long word = LittleEndian.int64(data, at);
      long nuls = (word - ONES) & ~word & HIGHS; // only its lowest set bit is exact
      if (nuls != 0) {
        return at + (Long.numberOfTrailingZeros(nuls) >>> 3);
      }
    }
    while (at < to && data[at] != 0) {
      at++;
    }
    return at;
  }

  /** Offset of the first byte with its high bit set, or {@code to}. */
  private static int asciiEnd(byte[] data, int from, int to) {
    int at = from;
    while (to - at > PIECE) {
      int end = asciiEndShort(data, at, at + PIECE);
      if (end < at + PIECE) {
        return end;
      }
      at = end;
    }
    return asciiEndShort(data, at, to);
  }

  private static int asciiEndShort(byte[] data, int from, int to) {
    int at = from;
    for (; at <= to - 8; at += 8) {
      long high = LittleEndian.int64(data, at) & HIGHS;
      if (high != 0) {
        return at + (Long.numberOfTrailingZeros(high) >>> 3);
      }
    }
    while (at < to && data[at] >= 0) {
      at++;
    }
    return at;
  }

  private static boolean decodes(byte[] data, int from, int to) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports malformed input
    ByteBuffer bytes = ByteBuffer.wrap(data, from, to - from);
    CharBuffer chars = CharBuffer.allocate(Math.max(2, Math.min(to - from, 1024)));
    CoderResult result;
    do {
      result = decoder.decode(bytes, chars.clear(), true);
    } while (result.isOverflow());
    return !result.isError();
  }
}
