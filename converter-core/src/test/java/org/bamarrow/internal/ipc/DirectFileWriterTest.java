package org.bamarrow.internal.ipc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class DirectFileWriterTest {
  private static final int BLOCK = 1 << 20;

  @TempDir private Path folder;
  private Path file;
  private FileChannel cached;

  @BeforeEach
  void create() throws IOException {
    file = folder.resolve("file");
    cached = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @AfterEach
  void noThreadIsLeft() throws IOException {
    cached.close();
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("bamarrow-direct-writer")));
  }

  private DirectFileWriter open() {
    try {
      return DirectFileWriter.open(file, cached);
    } catch (IOException e) {
      assumeTrue(false, e.getMessage());
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, 4097, BLOCK - 1, BLOCK, BLOCK + 1, 9 * BLOCK + 5})
  void anyLengthAtAnyOffsetIsInTheFileAfterAFlush(int length) throws IOException {
    for (int start : new int[] {0, 8, 4095, 4096, BLOCK + 1000}) {
      byte[] expected = new byte[start + length];
      new Random(length).nextBytes(expected);
      cached.truncate(0);
      cached.write(ByteBuffer.wrap(expected, 0, start), 0);
      try (DirectFileWriter blocks = open()) {
        blocks.append(start, ByteBuffer.wrap(expected, start, length));
        blocks.flush();
        assertArrayEquals(expected, Files.readAllBytes(file), "from " + start);
      }
    }
  }

  @Test
  void appendsFlushesAndCachedWritesMakeOneFile() throws IOException {
    Random random = new Random(1);
    byte[] expected = new byte[20 * BLOCK];
    random.nextBytes(expected);
    try (DirectFileWriter blocks = open()) {
      for (int at = 0; at < expected.length; ) {
        int length = Math.min(expected.length - at, 1 + random.nextInt(1 << random.nextInt(22)));
        ByteBuffer piece = ByteBuffer.wrap(expected, at, length);
        switch (random.nextInt(8)) {
          case 0 -> {
            blocks.flush();
            cached.write(piece, at);
          }
          case 1 -> {
            blocks.flush();
            blocks.append(at, piece);
          }
          default -> blocks.append(at, piece);
        }
        at += length;
      }
      blocks.flush();
      assertArrayEquals(expected, Files.readAllBytes(file));
      assertTrue(blocks.waitedNanoseconds() >= 0);
    }
  }

  @Test
  void aFailedWriteIsReportedByTheNextAppendOrFlush() throws IOException {
    FileChannel readOnly = FileChannel.open(file, StandardOpenOption.READ);
    try (DirectFileWriter blocks = new DirectFileWriter(cached, readOnly, 4096)) {
      blocks.append(0, ByteBuffer.allocate(BLOCK));
      IOException error = assertThrows(IOException.class, blocks::flush);
      assertInstanceOf(NonWritableChannelException.class, error.getCause());
      assertThrows(IOException.class, () -> blocks.append(BLOCK, ByteBuffer.allocate(10 * BLOCK)));
    }
    assertEquals(0, Files.size(file));
  }

  @Test
  void closingEarlyEndsTheThread() throws IOException {
    try (DirectFileWriter blocks = open()) {
      blocks.append(0, ByteBuffer.wrap(filled(3 * BLOCK + 17)));
    }
    byte[] written = Files.readAllBytes(file);
    assertArrayEquals(filled(written.length), written);
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 7);
    return bytes;
  }
}
