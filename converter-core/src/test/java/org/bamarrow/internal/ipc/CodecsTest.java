package org.bamarrow.internal.ipc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG.Bits;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.bamarrow.convert.Compression;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Buffers through the codecs. Closing the allocator fails where one leaks. */
class CodecsTest {
  private static final int[] SIZES = {
    1, 2, 7, 8, 9, 100, 4095, 65535, 65536, 65537, 262145, 1 << 20, 4194303, 4194304, 4194305,
    9_000_000
  };

  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void closeAllocator() {
    allocator.close();
  }

  @ParameterizedTest
  @EnumSource
  void buffersOfEverySizeRoundTrip(Compression compression) {
    CompressionCodec codec = Codecs.create(compression, Codecs.DEFAULT_ZSTD_LEVEL);
    assertEquals(0, compress(codec, new byte[0]).length, "an empty buffer stays empty");
    for (int size : SIZES) {
      for (byte[] data : new byte[][] {new byte[size], noise(size), letters(size)}) {
        assertArrayEquals(data, decompress(codec, compress(codec, data)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void compressibleBuffersShrinkAndRandomOnesAreStored(Compression compression) {
    CompressionCodec codec = Codecs.create(compression, Codecs.DEFAULT_ZSTD_LEVEL);
    assertTrue(compress(codec, letters(100_000)).length < 70_000);
    assertEquals(100_008, compress(codec, noise(100_000)).length);
  }

  @ParameterizedTest
  @EnumSource
  void aReusedCodecGivesTheSameBytesAsANewOne(Compression compression) {
    CompressionCodec used = Codecs.create(compression, Codecs.DEFAULT_ZSTD_LEVEL);
    byte[] data = letters(300_000);
    byte[] first = compress(used, data);
    compress(used, noise(5000));
    assertArrayEquals(first, compress(used, data));
    assertArrayEquals(first, compress(Codecs.create(compression, Codecs.DEFAULT_ZSTD_LEVEL), data));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void rejectsAWrongLength(Compression compression) {
    CompressionCodec codec = Codecs.create(compression, Codecs.DEFAULT_ZSTD_LEVEL);
    byte[] compressed = compress(codec, letters(10_000));
    for (long length : new long[] {1, 9999, 10_001, 1 << 30, 1L << 40, -2, Long.MIN_VALUE}) {
      rejects(codec, stating(length, compressed));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void rejectsATruncatedBuffer(Compression compression) {
    CompressionCodec codec = Codecs.create(compression, Codecs.DEFAULT_ZSTD_LEVEL);
    byte[] compressed = compress(codec, letters(100_000));
    for (int length = 8; length < compressed.length; length += 1 + length / 40) {
      rejects(codec, Arrays.copyOf(compressed, length));
    }
    rejects(codec, Arrays.copyOf(compressed, compressed.length - 1));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void flippedBitsGiveAnErrorOrABufferOfTheDeclaredLength(Compression compression) {
    CompressionCodec codec = Codecs.create(compression, Codecs.DEFAULT_ZSTD_LEVEL);
    byte[] compressed = compress(codec, letters(3000));
    Random random = new Random(5);
    for (int round = 0; round < 3000; round++) {
      byte[] flipped = compressed.clone();
      int bit = 64 + random.nextInt(8 * (compressed.length - 8));
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        assertEquals(3000, decompress(codec, flipped).length);
      } catch (IllegalArgumentException e) {
        assertTrue(e.getMessage().startsWith("the compressed Arrow buffer is"), e.getMessage());
      }
    }
  }

  @Test
  void anotherReaderTakesTheLz4Frames() throws IOException {
    for (int size : SIZES) {
      byte[] data = letters(size);
      byte[] compressed = compress(Codecs.create(Compression.LZ4, 0), data);
      if (ByteBuffer.wrap(compressed).getLong() >= 0) { // not sent as it is
        var frame = new ByteArrayInputStream(compressed, 8, compressed.length - 8);
        try (var in = new LZ4FrameInputStream(frame)) {
          assertArrayEquals(data, in.readAllBytes());
        }
      }
    }
  }

  @Test
  void readsLz4FramesOfAnotherWriterWithChecksums() throws IOException {
    for (Bits[] bits :
        new Bits[][] {
          {Bits.BLOCK_INDEPENDENCE},
          {Bits.BLOCK_INDEPENDENCE, Bits.CONTENT_CHECKSUM},
          {Bits.BLOCK_INDEPENDENCE, Bits.BLOCK_CHECKSUM, Bits.CONTENT_CHECKSUM}
        }) {
      byte[] data = letters(200_000);
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      frame.write(new byte[8]);
      try (var out = new LZ4FrameOutputStream(frame, BLOCKSIZE.SIZE_64KB, bits)) {
        out.write(data);
      }
      byte[] buffer = stating(data.length, frame.toByteArray());
      CompressionCodec codec = Codecs.create(Compression.LZ4, 0);
      assertArrayEquals(data, decompress(codec, buffer));
      if (bits.length > 1) {
        buffer[buffer.length - 1] ^= 1;
        rejects(codec, buffer);
      }
    }
  }

  /** One stored block, then one whose only match reaches back into it and over itself. */
  @Test
  void readsLinkedLz4Blocks() {
    byte[] frame = {
      0x04,
      0x22,
      0x4D,
      0x18,
      0x40,
      0x40,
      (byte) 0xC0, // magic, version 1, 64 KiB, header hash
      4,
      0,
      0,
      (byte) 0x80,
      'A',
      'C',
      'G',
      'T', // stored
      9,
      0,
      0,
      0, // 9 bytes:
      0x12,
      '-',
      4,
      0, // 1 literal, match of 6 at distance 4
      0x40,
      'a',
      'b',
      'c',
      'd', // last literals
      0,
      0,
      0,
      0 // end mark
    };
    byte[] expected = "ACGT-CGT-CGabcd".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    CompressionCodec codec = Codecs.create(Compression.LZ4, 0);
    byte[] buffer = new byte[8 + frame.length];
    System.arraycopy(frame, 0, buffer, 8, frame.length);
    assertArrayEquals(expected, decompress(codec, stating(expected.length, buffer)));
    rejects(codec, stating(expected.length - 1, buffer));
    rejects(codec, stating(expected.length + 1, buffer));
    buffer[8 + 21] = 6; // before the start
    rejects(codec, stating(expected.length, buffer));
  }

  @Test
  void onlyZstdTakesALevel() {
    CompressionCodec fast = Codecs.FACTORY.createCodec(CodecType.ZSTD, -5);
    CompressionCodec dense = Codecs.FACTORY.createCodec(CodecType.ZSTD, 19);
    byte[] data = letters(100_000);
    assertFalse(compress(fast, data).length <= compress(dense, data).length);
    assertThrows(
        IllegalArgumentException.class, () -> Codecs.FACTORY.createCodec(CodecType.LZ4_FRAME, 3));
  }

  private void rejects(CompressionCodec codec, byte[] compressed) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> decompress(codec, compressed))
            .getMessage();
    assertTrue(
        message.startsWith("the compressed Arrow buffer is invalid")
            || message.startsWith("an Arrow buffer of"),
        message);
  }

  private byte[] compress(CompressionCodec codec, byte[] data) {
    return take(codec.compress(allocator, buffer(data)));
  }

  private byte[] decompress(CompressionCodec codec, byte[] compressed) {
    ArrowBuf buffer = buffer(compressed);
    try {
      return take(codec.decompress(allocator, buffer));
    } catch (IllegalArgumentException e) {
      buffer.close(); // after an error it is still the caller's
      throw e;
    }
  }

  private ArrowBuf buffer(byte[] data) {
    ArrowBuf buffer = allocator.buffer(data.length);
    buffer.writeBytes(data);
    return buffer;
  }

  private static byte[] take(ArrowBuf buffer) {
    byte[] data = new byte[(int) buffer.writerIndex()];
    buffer.getBytes(0, data);
    buffer.close();
    return data;
  }

  private static byte[] stating(long length, byte[] compressed) {
    byte[] copy = compressed.clone();
    ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
    return copy;
  }

  private static byte[] noise(int size) {
    byte[] data = new byte[size];
    new Random(size).nextBytes(data);
    return data;
  }

  private static byte[] letters(int size) {
    Random random = new Random(size);
    byte[] data = new byte[size];
    for (int i = 0; i < size; i++) {
      data[i] = (byte) (i >= 50 && i % 300 > 100 ? data[i - 50] : "ACGT".charAt(random.nextInt(4)));
    }
    return data;
  }
}
