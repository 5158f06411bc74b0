package org.bamarrow.internal.bgzf;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;

/** Raw DEFLATE streams of every kind, and bytes to put into them. */
final class DeflateStreams {
  private DeflateStreams() {}

  /** Random bytes: blocks come out stored or nearly so. */
  static byte[] noise(int size, long seed) {
    byte[] data = new byte[size];
    new Random(seed).nextBytes(data);
    return data;
  }

  /** Few letters, many repeats: near and far matches, long and short. */
  static byte[] text(int size, long seed) {
    Random random = new Random(seed);
    byte[] data = new byte[size];
    for (int i = 0; i < size; ) {
      int run = Math.min(size - i, 1 + random.nextInt(300));
      if (i > 0 && random.nextBoolean()) {
        int distance = 1 + random.nextInt(Math.min(i, 32768));
        for (int end = i + run; i < end; i++) {
          data[i] = data[i - distance];
        }
      } else {
        for (int end = i + run; i < end; i++) {
          data[i] = (byte) "ACGTN#FF:,".charAt(random.nextInt(10));
        }
      }
    }
    return data;
  }

  static byte[] deflate(byte[] data, int level, int strategy) {
    Deflater deflater = new Deflater(level, true);
    deflater.setStrategy(strategy);
    deflater.setInput(data);
    deflater.finish();
    byte[] out = new byte[data.length + data.length / 8 + 1024];
    int size = 0;
    while (!deflater.finished()) {
      size += deflater.deflate(out, size, out.length - size);
    }
    deflater.end();
    return Arrays.copyOf(out, size);
  }

  static byte[] deflate(byte[] data) {
    return deflate(data, Deflater.DEFAULT_COMPRESSION, Deflater.DEFAULT_STRATEGY);
  }

  /** One block of literals with the fixed codes (RFC 1951 3.2.6). */
  static byte[] fixed(byte[] data) {
    BitWriter bits = new BitWriter();
    bits.put(0b011, 3); // last block, fixed codes
    for (byte b : data) {
      int literal = b & 0xff;
      if (literal < 144) {
        bits.putCode(0x30 + literal, 8);
      } else {
        bits.putCode(0x190 + literal - 144, 9);
      }
    }
    bits.putCode(0, 7); // end of block
    return bits.toBytes();
  }

  /** Writes a stream bit by bit. */
  static final class BitWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int pending;
    private int count;

    void put(int value, int width) {
      pending |= value << count;
      count += width;
      while (count >= 8) {
        out.write(pending);
        pending >>>= 8;
        count -= 8;
      }
    }

    /** Huffman codes go most significant bit first. */
    void putCode(int code, int width) {
      put(Integer.reverse(code) >>> 32 - width, width);
    }

    byte[] toBytes() {
      put(0, (8 - count) % 8);
      return out.toByteArray();
    }
  }
}
