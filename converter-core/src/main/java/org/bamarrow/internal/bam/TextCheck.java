package org.bamarrow.internal.bam;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.bamarrow.internal.base.LittleEndian;

/**
 * Questions about text in a range of bytes {@code [from, to)}, eight bytes a step where it is
 * ASCII, which it nearly always is. No byte outside the range is read. For any thread.
 */
public final class TextCheck {
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  /** Short methods, for start-up (docs/performance.md). */
  private static final int PIECE = 1 << 10;

  private TextCheck() {}

  public static boolean isAscii(byte[] data, int from, int to) {
    return asciiEnd(data, from, to) == to;
  }

  /** Whether the range is well-formed UTF-8 in whole: no surrogates, no overlong forms. */
  public static boolean isUtf8(byte[] data, int from, int to) {
    int ascii = asciiEnd(data, from, to);
    return ascii == to || decodes(data, ascii, to);
  }

  /**
   * Writes Latin-1 as UTF-8: bytes from 0x80 on become two.
   *
   * @param target must have {@code 2 * (to - from)} bytes from {@code at} on in the worst case
   * @return offset behind the last byte written
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

  /** Offset of the first NUL, or {@code to}. */
  public static int indexOfNul(byte[] data, int from, int to) {
    int at = from;
    for (; at <= to - 8; at += 8) {
      long word = LittleEndian.int64(data, at);
      long nuls = (word - ONES) & ~word & HIGHS; // its lowest set bit is exact, higher ones may lie
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
      int end = asciiEndOfPiece(data, at, at + PIECE);
      if (end < at + PIECE) {
        return end;
      }
      at = end;
    }
    return asciiEndOfPiece(data, at, to);
  }

  private static int asciiEndOfPiece(byte[] data, int from, int to) {
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
