package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bamarrow.io.ByteSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadAheadSourceTest {
  private static final int PIECE = 1000;

  /** Bytes in memory, which tell who asked for what. */
  private static final class Asked implements ByteSource {
    final byte[] bytes = new byte[10_500];
    final List<String> reads = new CopyOnWriteArrayList<>();
    volatile long failsFrom = Long.MAX_VALUE;
    volatile boolean closed;

    Asked() {
      new Random(1).nextBytes(bytes);
    }

    @Override
    public String name() {
      return "asked";
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
      reads.add(position + "+" + length);
      if (position + length > failsFrom) {
        throw new IOException("no bytes from " + failsFrom);
      }
      int part = (int) Math.max(0, Math.min(length, bytes.length - position));
      if (part > 0) {
        System.arraycopy(bytes, (int) position, target, offset, part);
      }
      return part;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final Asked asked = new Asked();
  private final ReadAheadSource source = new ReadAheadSource(asked, PIECE);

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
      try (ReadAheadSource other = new ReadAheadSource(asked, PIECE)) {
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
  void readsThatGoOnAreLargePieces() throws IOException {
    assertReads(300, 10);
    for (int at = 310; at < asked.bytes.length; at += 100) {
      assertReads(at, 100);
    }
    assertEquals("300+10", asked.reads.get(0));
    assertTrue(asked.reads.stream().skip(1).allMatch(r -> r.endsWith("+" + PIECE)));
    assertEquals(1 + 11, asked.reads.size(), asked.reads.toString());
  }

  @Test
  void readsElsewhereGoStraightToTheSource() throws IOException {
    assertReads(0, 10);
    assertReads(5000, 20);
    assertReads(100, 30);
    assertEquals(List.of("0+10", "5000+20", "100+30"), asked.reads);
  }

  @Test
  void anErrorComesToTheReaderOfThoseBytesAndNotBefore() throws IOException {
    asked.failsFrom = 2500;
    assertReads(0, 10);
    assertReads(10, 1990);
    IOException error = assertThrows(IOException.class, () -> read(2010, 10));
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
