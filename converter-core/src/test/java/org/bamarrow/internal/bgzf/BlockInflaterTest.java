package org.bamarrow.internal.bgzf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link BlockInflater}, for every inflater that loads here. */
class BlockInflaterTest {
  private static final int[] SIZES = {
    0, 1, 2, 3, 7, 8, 9, 63, 64, 255, 256, 257, 258, 259, 1000, 4096, 32767, 32768, 32769, 65280,
    65535, 65536
  };
  private static final int MARGIN = 64;
  private static final byte GUARD = 0x5a;

  static Stream<InflaterKind> loaded() {
    return Arrays.stream(InflaterKind.values()).filter(kind -> kind.missing() == null);
  }

  @ParameterizedTest
  @MethodSource("loaded")
  void inflatesEveryKindOfBlockAtEverySize(InflaterKind kind) throws Exception {
    try (BlockInflater inflater = kind.open()) {
      for (int size : SIZES) {
        for (byte[] data :
            List.of(
                new byte[size],
                DeflateStreams.noise(size, size),
                DeflateStreams.text(size, size))) {
          for (byte[] stream : streams(data)) {
            assertArrayEquals(data, inflate(inflater, stream, size), kind + " of size " + size);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("loaded")
  void inflatesSmallSizesOneByOne(InflaterKind kind) throws Exception {
    try (BlockInflater inflater = kind.open()) {
      for (int size = 0; size < 600; size++) {
        byte[] data = DeflateStreams.text(size, size);
        assertArrayEquals(data, inflate(inflater, DeflateStreams.deflate(data), size));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("loaded")
  void rejectsAStreamThatIsShorterOrLongerThanExpected(InflaterKind kind) throws Exception {
    try (BlockInflater inflater = kind.open()) {
      for (int size : SIZES) {
        byte[] data = DeflateStreams.text(size, size);
        for (byte[] stream : streams(data)) {
          rejects(inflater, stream, size + 1);
          rejects(inflater, stream, 2 * size + 300);
          if (size > 0) {
            rejects(inflater, stream, size - 1);
            rejects(inflater, stream, size / 2);
            rejects(inflater, stream, 0);
          }
          assertArrayEquals(data, inflate(inflater, stream, size), "usable after an error");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("loaded")
  void rejectsABombWithoutWritingPastTheTarget(InflaterKind kind) {
    byte[] bomb = DeflateStreams.deflate(new byte[10_000_000]);
    try (BlockInflater inflater = kind.open()) {
      rejects(inflater, bomb, 65536);
      rejects(inflater, bomb, 0);
    }
  }

  /** Truncations inside the data. GKL does not always detect missing last bytes. */
  @ParameterizedTest
  @MethodSource("loaded")
  void rejectsATruncatedStream(InflaterKind kind) {
    try (BlockInflater inflater = kind.open()) {
      for (byte[] stream : streams(DeflateStreams.text(3000, 1))) {
        for (int length = 0; length < stream.length - 4; length += 1 + length / 50) {
          rejects(inflater, Arrays.copyOf(stream, length), 3000);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("loaded")
  void rejectsAStreamWithoutItsLastByteOrGivesTheRightBytes(InflaterKind kind) {
    try (BlockInflater inflater = kind.open()) {
      for (int size : SIZES) {
        byte[] data = DeflateStreams.text(size, size);
        for (byte[] stream : streams(data)) {
          byte[] cut = Arrays.copyOf(stream, stream.length - 1);
          try {
            assertArrayEquals(data, inflate(inflater, cut, size));
            assertEquals(InflaterKind.GKL, kind, "only GKL may take a stream without its end");
          } catch (DataFormatException e) {
            assertTrue(e.getMessage().startsWith("the DEFLATE stream"), e.getMessage());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("loaded")
  void ignoresBytesAfterTheStream(InflaterKind kind) throws Exception {
    try (BlockInflater inflater = kind.open()) {
      for (int size : SIZES) {
        byte[] data = DeflateStreams.text(size, size);
        for (byte[] stream : streams(data)) {
          for (int extra : new int[] {1, 8, 1000}) {
            byte[] longer = Arrays.copyOf(stream, stream.length + extra);
            Arrays.fill(longer, stream.length, longer.length, (byte) extra);
            assertArrayEquals(data, inflate(inflater, longer, size));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("loaded")
  void flippedBitsAreDetectedAndWriteNothingOutsideTheTarget(InflaterKind kind) {
    Random random = new Random(7);
    int size = 5000;
    byte[] data = DeflateStreams.text(size, 3);
    try (BlockInflater inflater = kind.open()) {
      for (byte[] stream : streams(data)) {
        for (int round = 0; round < 1500; round++) {
          byte[] flipped = stream.clone();
          int bit = random.nextInt(8 * stream.length);
          flipped[bit / 8] ^= (byte) (1 << bit % 8);
          try {
            byte[] out = inflate(inflater, flipped, size);
            assertTrue(crc(out) != crc(data) || Arrays.equals(out, data));
          } catch (DataFormatException e) {
            assertTrue(e.getMessage().startsWith("the DEFLATE stream"), e.getMessage());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("loaded")
  void randomInputWritesNothingOutsideTheTarget(InflaterKind kind) {
    try (BlockInflater inflater = kind.open()) {
      for (int seed = 0; seed < 3000; seed++) {
        byte[] noise = DeflateStreams.noise(1 + seed % 400, seed);
        try {
          inflate(inflater, noise, seed * 31 % 3000);
        } catch (DataFormatException e) {
          assertTrue(e.getMessage().startsWith("the DEFLATE stream"), e.getMessage());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("loaded")
  void rejectsRangesOutsideTheArrays(InflaterKind kind) {
    byte[] stream = DeflateStreams.deflate(new byte[10]);
    byte[] target = new byte[10];
    int length = stream.length;
    try (BlockInflater inflater = kind.open()) {
      for (int[] r :
          new int[][] {
            {1, length, 0, 10},
            {-1, length, 0, 10},
            {0, length + 1, 0, 10},
            {0, length, 1, 10},
            {0, length, -1, 10},
            {0, length, 0, 11},
            {0, -1, 0, 10},
            {0, length, 0, -1},
            {Integer.MAX_VALUE, length, 0, 10}
          }) {
        assertThrows(
            IndexOutOfBoundsException.class,
            () -> inflater.inflate(stream, r[0], r[1], target, r[2], r[3]),
            () -> Arrays.toString(r));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("loaded")
  void closingIsIdempotentAndUseAfterwardsIsAnError(InflaterKind kind) throws Exception {
    byte[] stream = DeflateStreams.deflate(new byte[10]);
    BlockInflater inflater = kind.open();
    assertArrayEquals(new byte[10], inflate(inflater, stream, 10));
    inflater.close();
    inflater.close();
    assertThrows(IllegalStateException.class, () -> inflate(inflater, stream, 10));
  }

  @ParameterizedTest
  @MethodSource("loaded")
  void nameIsThatOfItsKind(InflaterKind kind) {
    try (BlockInflater inflater = kind.open()) {
      assertEquals(kind.word(), inflater.name());
    }
  }

  private static List<byte[]> streams(byte[] data) {
    return List.of(
        DeflateStreams.deflate(data, Deflater.NO_COMPRESSION, Deflater.DEFAULT_STRATEGY),
        DeflateStreams.fixed(data),
        DeflateStreams.deflate(data, 1, Deflater.DEFAULT_STRATEGY),
        DeflateStreams.deflate(data, 9, Deflater.DEFAULT_STRATEGY),
        DeflateStreams.deflate(data, 6, Deflater.HUFFMAN_ONLY));
  }

  private static void rejects(BlockInflater inflater, byte[] stream, int size) {
    DataFormatException e =
        assertThrows(
            DataFormatException.class,
            () -> inflate(inflater, stream, size),
            () -> inflater.name() + ": " + stream.length + " bytes as " + size);
    assertTrue(e.getMessage().startsWith("the DEFLATE stream"), e.getMessage());
  }

  /** Inflates from the middle of an array into the middle of one and checks the bytes around. */
  static byte[] inflate(BlockInflater inflater, byte[] stream, int size)
      throws DataFormatException {
    byte[] source = new byte[stream.length + 2 * MARGIN];
    Arrays.fill(source, GUARD);
    System.arraycopy(stream, 0, source, MARGIN, stream.length);
    byte[] target = new byte[size + 2 * MARGIN];
    Arrays.fill(target, GUARD);
    int crc;
    try {
      crc = inflater.inflate(source, MARGIN, stream.length, target, MARGIN, size);
    } finally {
      for (int i = 0; i < MARGIN; i++) {
        assertEquals(GUARD, target[i], "a byte before the target was written");
        assertEquals(GUARD, target[MARGIN + size + i], "a byte after the target was written");
      }
      assertArrayEquals(stream, Arrays.copyOfRange(source, MARGIN, MARGIN + stream.length));
    }
    byte[] inflated = Arrays.copyOfRange(target, MARGIN, MARGIN + size);
    assertEquals((int) crc(inflated), crc, "CRC32");
    return inflated;
  }

  private static long crc(byte[] data) {
    CRC32 crc = new CRC32();
    crc.update(data);
    return crc.getValue();
  }
}
