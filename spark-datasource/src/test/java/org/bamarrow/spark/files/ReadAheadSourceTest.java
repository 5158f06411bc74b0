package org.bamarrow.spark.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadAheadSourceTest {
  private static final int BUFFER = 1000;

  private final RecordingByteSource asked = new RecordingByteSource(10_500);
  private final ReadAheadSource source = new ReadAheadSource(asked, BUFFER, 0, Long.MAX_VALUE);

  @AfterEach
  void close() throws IOException {
    source.close();
  }

  private byte[] read(long position, int length) throws IOException {
    byte[] target = new byte[length + 2];
    int got = source.read(position, target, 1, length);
    return Arrays.copyOfRange(target, 1, 1 + got);
  }

  private void assertReads(long position, int length) throws IOException {
    int end = (int) Math.min(asked.bytes.length, position + length);
    byte[] expected =
        position >= end ? new byte[0] : Arrays.copyOfRange(asked.bytes, (int) position, end);
    assertArrayEquals(expected, read(position, length), position + "+" + length);
  }

  @Test
  void anyReadsGiveTheSourcesBytes() throws IOException {
    Random random = new Random(2);
    for (int round = 0; round < 200; round++) {
      try (ReadAheadSource other = new ReadAheadSource(asked, BUFFER, 0, Long.MAX_VALUE)) {
        long at = random.nextInt(11_000);
        for (int i = 0; i < 20; i++) {
          int length = random.nextInt(2500);
          byte[] target = new byte[length];
          int got = other.read(at, target, 0, length);
          int end = (int) Math.min(asked.bytes.length, at + length);
          assertEquals(Math.max(0, end - at), got);
          assertArrayEquals(
              at >= end ? new byte[0] : Arrays.copyOfRange(asked.bytes, (int) at, end),
              Arrays.copyOf(target, got));
          at = random.nextInt(4) == 0 ? random.nextInt(11_000) : at + got;
        }
      }
    }
  }

  @Test
  void sequentialReadsAreLargeRequests() throws IOException {
    assertReads(300, 10);
    for (int at = 310; at < asked.bytes.length; at += 100) {
      assertReads(at, 100);
    }
    assertEquals(11, asked.reads.size(), asked.reads.toString());
    assertTrue(asked.reads.subList(0, 10).stream().allMatch(r -> r.endsWith("+" + BUFFER)));
    assertEquals("10300+200", asked.reads.get(10));
  }

  @Test
  void readsOutsideOfTheSplitGoStraightToTheSource() throws IOException {
    try (ReadAheadSource split = new ReadAheadSource(asked, BUFFER, 4000, 6500)) {
      byte[] target = new byte[3000];
      assertEquals(10, split.read(0, target, 0, 10));
      assertEquals(20, split.read(10, target, 0, 20));
      assertEquals(30, split.read(7000, target, 0, 30));
      assertEquals(2800, split.read(4000, target, 0, 2800));
      assertArrayEquals(
          Arrays.copyOfRange(asked.bytes, 4000, 6800), Arrays.copyOf(target, 2800), "bytes");
    }
    assertEquals(
        List.of("0+10", "10+20", "7000+30", "4000+1000", "5000+1000", "6000+500", "6500+300"),
        asked.reads);
  }

  @Test
  void whatLiesBetweenRangesIsNotReadAhead() throws IOException {
    long[] bounds = {100, 400, 2000, 3500, 9000, 9100};
    try (ReadAheadSource ranges = new ReadAheadSource(asked, BUFFER, bounds)) {
      for (int[] part : new int[][] {{0, 10}, {100, 300}, {2000, 700}, {2700, 800}, {9000, 100}}) {
        byte[] target = new byte[part[1]];
        assertEquals(part[1], ranges.read(part[0], target, 0, part[1]));
        assertArrayEquals(
            Arrays.copyOfRange(asked.bytes, part[0], part[0] + part[1]), target, "bytes");
      }
    }
    assertEquals(List.of("0+10", "100+300", "2000+1000", "3000+500", "9000+100"), asked.reads);
  }

  @Test
  void aRangeThatIsPassedOverIsNoError() throws IOException {
    long[] bounds = {0, 10, 2000, 2010, 3000, 3500};
    try (ReadAheadSource ranges = new ReadAheadSource(asked, BUFFER, bounds)) {
      byte[] target = new byte[500];
      assertEquals(10, ranges.read(0, target, 0, 10));
      assertEquals(500, ranges.read(3000, target, 0, 500));
      assertArrayEquals(Arrays.copyOfRange(asked.bytes, 3000, 3500), target, "bytes");
    }
  }

  @Test
  void afterAJumpItReadsAheadFromThereAndBackwardsStraightFromTheSource() throws IOException {
    assertReads(0, 10);
    assertReads(5000, 10);
    assertReads(6000, 10);
    assertReads(100, 30);
    assertReads(6010, 10);
    assertTrue(
        asked.reads.containsAll(List.of("0+1000", "1000+1000", "5000+1000", "6000+1000", "100+30")),
        asked.reads.toString());
    assertTrue(asked.reads.size() <= 6, asked.reads.toString());
  }

  @Test
  void anErrorComesToTheReaderOfThoseBytesAndNotBefore() throws IOException {
    asked.failsFrom = 2500;
    assertReads(0, 10);
    assertReads(10, 1990);
    IOException error = assertThrows(IOException.class, () -> read(2000, 10));
    assertEquals("no bytes from 2500", error.getMessage());
  }

  @Test
  void closingEndsTheThreadAndTheSource() throws Exception {
    assertReads(0, 10);
    assertReads(10, 10);
    source.close();
    assertTrue(asked.closed);
    assertThrows(IOException.class, () -> read(20, 10));
    for (int i = 0; i < 100 && threads() > 0; i++) {
      Thread.sleep(20);
    }
    assertFalse(threads() > 0);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("bamarrow-read-ahead"))
        .count();
  }
}
