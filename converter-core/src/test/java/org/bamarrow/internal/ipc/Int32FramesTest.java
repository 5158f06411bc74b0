package org.bamarrow.internal.ipc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Frames of {@link Int32Frames}, decompressed by zstd itself. */
class Int32FramesTest {
  /** With the borders of blocks, which have 32,768 values. */
  private static final int[] COUNTS = {
    1, 2, 3, 5, 17, 63, 64, 255, 1000, 32_767, 32_768, 32_769, 32_770, 65_536, 70_001, 200_000
  };

  private final Int32Frames frames = new Int32Frames();

  @AfterEach
  void close() {
    frames.close();
  }

  @Test
  void offsetsOfEqualLengthsTakeLessThanHalf() {
    int[] values = IntStream.range(0, 5000).map(i -> 101 * i).toArray();
    assertTrue(roundTrip(values) < values.length * 4 / 2);
  }

  @Test
  void offsetsOfShortNamesTakeLittleMoreThanTheirLowBytes() {
    int[] values = IntStream.range(0, 5000).map(i -> 2 * i).toArray();
    assertTrue(roundTrip(values) < values.length * 11 / 10);
  }

  @Test
  void everyStrideRoundTrips() {
    for (int stride :
        new int[] {0, 1, 2, 3, 101, 255, 256, 257, 65_535, 65_536, 1 << 24, -1, -256}) {
      roundTripAll(i -> i * stride);
    }
  }

  @Test
  void runsOfEqualValuesRoundTrip() {
    for (int run : new int[] {2, 3, 9, 16, 17, 33, 64, 129, 5000, 40_000}) {
      roundTripAll(i -> i / run);
      roundTripAll(i -> i / run * 0x01010101);
      roundTripAll(i -> i < run ? 7 : -1 - i);
    }
  }

  @Test
  void valuesThatDifferInAnyBytesRoundTrip() {
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      int[] masks = random.ints(4).map(bits -> bits & random.nextInt()).toArray();
      int[] values = new int[1 + random.nextInt(3000)];
      int value = 0;
      for (int i = 0; i < values.length; i++) {
        value ^= masks[random.nextInt(4)] & 0xFF << 8 * random.nextInt(5);
        values[i] = value;
      }
      roundTrip(values);
    }
  }

  @Test
  void longRunsOfLiteralsAndMatchesRoundTrip() {
    Random random = new Random(2);
    for (int literals : new int[] {1, 4, 20, 100, 600, 5000, 30_000}) {
      roundTripAll(i -> i / literals % 2 == 0 ? random.nextInt() : 5);
    }
  }

  @Test
  void equalValuesGiveEqualFramesAfterAnyOtherFrame() {
    int[] values = IntStream.range(0, 3000).map(i -> 37 * i).toArray();
    byte[] first = frame(values);
    frame(new Random(3).ints(100_000).sorted().toArray());
    assertArrayEquals(first, frame(values));
  }

  @Test
  void onlyAscendingValuesAreSuitable() {
    assertTrue(frames.suits(bytes(IntStream.range(0, 100).toArray())));
    assertFalse(frames.suits(bytes(IntStream.range(0, 100).map(i -> -i).toArray())));
    assertFalse(frames.suits(bytes(new int[100])));
    assertFalse(frames.suits(bytes(new Random(4).ints(1000).toArray())));
    assertFalse(frames.suits(ByteBuffer.allocateDirect(6)));
    assertFalse(frames.suits(ByteBuffer.allocateDirect(0)));
  }

  private void roundTripAll(IntUnaryOperator value) {
    for (int count : COUNTS) {
      roundTrip(IntStream.range(0, count).map(value).toArray());
    }
  }

  /** Returns the length of the frame. */
  private int roundTrip(int[] values) {
    byte[] frame = frame(values);
    assertEquals(4L * values.length, Zstd.getFrameContentSize(frame));
    byte[] expected = new byte[4 * values.length];
    bytes(values).get(expected);
    assertArrayEquals(expected, Zstd.decompress(frame, expected.length));
    return frame.length;
  }

  private byte[] frame(int[] values) {
    ByteBuffer source = bytes(values);
    ByteBuffer target = ByteBuffer.allocateDirect((int) Zstd.compressBound(source.capacity()));
    byte[] frame = new byte[frames.compress(source, target)];
    target.get(frame);
    return frame;
  }

  private static ByteBuffer bytes(int[] values) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    return bytes;
  }
}
