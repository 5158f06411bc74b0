package org.bamarrow.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link ByteSource} promises. */
class ByteSourceContractTest {
  private static final int SIZE = 700_001; // pages of a stream and a bit

  @TempDir private Path folder;
  private final Random random = new Random(1);
  private final byte[] bytes = new byte[SIZE];

  public enum Kind {
    FILE,
    STREAM,
    /** Gives as few bytes at a time as a pipe may. */
    SLOW_STREAM,
    KEPT_FILE,
    KEPT_STREAM,
    IN_MEMORY
  }

  private ByteSource open(Kind kind, byte[] content) throws IOException {
    return switch (kind) {
      case FILE -> {
        Path file = folder.resolve("f" + content.length);
        Files.write(file, content);
        yield ByteSources.open(file.toString());
      }
      case STREAM -> new StreamByteSource("s", new ByteArrayInputStream(content));
      case SLOW_STREAM -> new StreamByteSource("s", new Dripping(content));
      case KEPT_FILE -> new RetainingByteSource(open(Kind.FILE, content));
      case KEPT_STREAM -> new RetainingByteSource(open(Kind.STREAM, content));
      case IN_MEMORY -> new BytesSource("m", content);
    };
  }

  private ByteSource open(Kind kind) throws IOException {
    random.nextBytes(bytes);
    return open(kind, bytes);
  }

  @ParameterizedTest
  @EnumSource
  void anyRangeIsReadInAnyOrder(Kind kind) throws IOException {
    try (ByteSource source = open(kind)) {
      for (int i = 0; i < 300; i++) {
        int from = random.nextInt(SIZE);
        requireRange(source, from, random.nextInt(Math.min(SIZE - from, 1 << random.nextInt(20))));
      }
      requireRange(source, 0, SIZE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReadIsShortOnlyWhereTheSourceEnds(Kind kind) throws IOException {
    try (ByteSource source = open(kind)) {
      byte[] target = new byte[100];
      assertEquals(100, source.read(SIZE - 100, target, 0, 100));
      assertEquals(99, source.read(SIZE - 99, target, 0, 100));
      assertEquals(1, source.read(SIZE - 1, target, 0, 100));
      assertEquals(0, source.read(SIZE, target, 0, 100));
      assertEquals(0, source.read(SIZE + 1_000_000L, target, 0, 100));
      assertEquals(0, source.read(1L << 40, target, 0, 0));
      requireRange(source, 0, 10);
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyTheRequestedRangeOfTheTargetIsWritten(Kind kind) throws IOException {
    try (ByteSource source = open(kind)) {
      byte[] target = new byte[40];
      Arrays.fill(target, (byte) 7);
      assertEquals(20, source.read(300, target, 10, 20));
      assertArrayEquals(Arrays.copyOfRange(bytes, 300, 320), Arrays.copyOfRange(target, 10, 30));
      for (int i = 0; i < 10; i++) {
        assertEquals(7, target[i]);
        assertEquals(7, target[30 + i]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEmptySourceHasNoBytes(Kind kind) throws IOException {
    try (ByteSource source = open(kind, new byte[0])) {
      assertEquals(0, source.read(0, new byte[5], 0, 5));
      assertTrue(source.size() <= 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyThreadsReadAtOnce(Kind kind) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (ByteSource source = open(kind)) {
      Callable<Void> work =
          () -> {
            Random own = new Random(Thread.currentThread().getId());
            for (int i = 0; i < 200; i++) {
              int from = own.nextInt(SIZE - 5000);
              requireRange(source, from, own.nextInt(5000));
            }
            return null;
          };
      for (Future<Void> done :
          threads.invokeAll(IntStream.range(0, 6).mapToObj(i -> work).toList())) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource
  void bytesAfterAReleasedPositionAreAvailable(Kind kind) throws IOException {
    try (ByteSource source = open(kind)) {
      for (int at = 0; at < SIZE; at += 1 + random.nextInt(90_000)) {
        source.release(at);
        requireRange(source, at, Math.min(SIZE - at, 100_000));
      }
      source.release(SIZE);
      assertEquals(0, source.read(SIZE, new byte[5], 0, 5));
    }
  }

  @Test
  void readingReleasedBytesOfAStreamIsAnError() throws IOException {
    try (ByteSource source = open(Kind.STREAM)) {
      requireRange(source, 0, SIZE);
      source.release(600_000);
      requireRange(source, 600_000, 1000);
      IllegalStateException error =
          assertThrows(IllegalStateException.class, () -> source.read(0, new byte[1], 0, 1));
      assertEquals("s: byte 0 has been released", error.getMessage());
    }
  }

  @Test
  void releasingBeforeReadingReleasesNothing() throws IOException {
    try (ByteSource source = open(Kind.STREAM)) {
      source.release(600_000);
      requireRange(source, 0, 1000);
    }
  }

  @Test
  void aRetainingSourceReleasesNothingAndStaysOpen() throws IOException {
    try (ByteSource source = open(Kind.STREAM)) {
      ByteSource kept = new RetainingByteSource(source);
      requireRange(kept, 0, SIZE);
      kept.release(SIZE);
      kept.close();
      requireRange(source, 0, 1000);
    }
  }

  @Test
  @Timeout(60)
  void aFifoIsReadAsAStream() throws Exception {
    random.nextBytes(bytes);
    Path fifo = folder.resolve("fifo");
    assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
    Thread writer =
        new Thread(
            () -> {
              try {
                Files.write(fifo, bytes);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    writer.start();
    try (ByteSource source = ByteSources.open(fifo.toString())) {
      assertEquals(ByteSource.UNKNOWN_SIZE, source.size());
      assertEquals(fifo.toString(), source.name());
      requireRange(source, 5, SIZE - 5);
      requireRange(source, 0, SIZE);
      assertEquals(0, source.read(SIZE, new byte[1], 0, 1));
    }
    writer.join();
  }

  @Test
  void aFileThatCannotBeOpenedIsNamed() throws IOException {
    Path file = folder.resolve("there");
    Files.write(file, new byte[1]);
    String missing = folder.resolve("missing.bam").toString();
    for (List<String> names : List.of(List.of(missing), List.of(file.toString(), missing))) {
      IOException error = assertThrows(IOException.class, () -> ByteSources.openAll(names));
      assertEquals(missing + ": no such file", error.getMessage());
    }
    IOException error = assertThrows(IOException.class, () -> ByteSources.open(folder.toString()));
    assertEquals(folder + ": is a directory, not a BAM file", error.getMessage());
  }

  private void requireRange(ByteSource source, int from, int length) throws IOException {
    byte[] target = new byte[length];
    assertEquals(length, source.read(from, target, 0, length));
    assertArrayEquals(Arrays.copyOfRange(bytes, from, from + length), target);
  }

  /** 1 to 4000 bytes a read. */
  private static final class Dripping extends InputStream {
    private final ByteArrayInputStream in;
    private final Random random = new Random(2);

    Dripping(byte[] content) {
      in = new ByteArrayInputStream(content);
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return in.read(target, offset, Math.min(length, 1 + random.nextInt(4000)));
    }
  }
}
