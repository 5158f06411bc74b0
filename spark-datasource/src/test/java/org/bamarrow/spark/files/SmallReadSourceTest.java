package org.bamarrow.spark.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SmallReadSourceTest {
  private static final int PAGE = SmallReadSource.PAGE_BYTES;

  private final RecordingByteSource asked = new RecordingByteSource(3 * PAGE + 100);
  private final SmallReadSource source = new SmallReadSource(asked);

  private void assertReads(long position, int length) throws IOException {
    byte[] target = new byte[length + 2];
    int got = source.read(position, target, 1, length);
    int end = (int) Math.min(asked.bytes.length, position + length);
    byte[] expected =
        position >= end ? new byte[0] : Arrays.copyOfRange(asked.bytes, (int) position, end);
    assertArrayEquals(expected, Arrays.copyOfRange(target, 1, 1 + got), position + "+" + length);
  }

  @Test
  void anyReadsGiveTheSourcesBytes() throws IOException {
    Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      assertReads(random.nextInt(asked.bytes.length + 50), random.nextInt(PAGE + 50));
    }
    assertReads(asked.bytes.length, 10);
    assertReads(0, 0);
  }

  @Test
  void readsNearEachOtherAreOne() throws IOException {
    assertReads(500, 10);
    assertReads(5000, 40_000);
    assertReads(500, 20);
    assertEquals(List.of("500+" + PAGE), asked.reads);
    assertReads(499, 20);
    assertEquals(2, asked.reads.size());
  }

  @Test
  void largeReadsStayAsTheyAre() throws IOException {
    assertReads(500, PAGE);
    assertEquals(List.of("500+" + PAGE), asked.reads);
  }

  @Test
  void nothingIsAskedForBehindTheEnd() throws IOException {
    assertReads(3L * PAGE, 50);
    assertEquals(List.of(3L * PAGE + "+100"), asked.reads);
  }
}
