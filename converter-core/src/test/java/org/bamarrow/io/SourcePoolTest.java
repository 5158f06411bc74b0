package org.bamarrow.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourcePoolTest {
  private static final int SOURCES = 200;

  private final SourcePool pool = new SourcePool();
  private int open;
  private int most;

  private final class Counted implements ByteSource {
    private final BytesSource bytes;

    Counted(int length) {
      bytes = new BytesSource("s", new byte[length]);
      open++;
      most = Math.max(most, open);
    }

    @Override
    public String name() {
      return bytes.name();
    }

    @Override
    public long size() {
      return bytes.size();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
      return bytes.read(position, target, offset, length);
    }

    @Override
    public void close() {
      open--;
    }
  }

  private int readOne(ByteSource source) throws IOException {
    return source.read(0, new byte[1], 0, 1);
  }

  @Test
  void aFileThatChangesItsSizeIsAnError() throws IOException {
    int[] size = {10};
    ByteSource source = pool.add("a.bam", 10, () -> new Counted(size[0]));
    assertEquals(1, readOne(source));
    readMany();
    size[0] = 7;
    IOException error = assertThrows(IOException.class, () -> readOne(source));
    assertEquals(
        "a.bam: was modified while it was being read: its size changed from 10 bytes to 7",
        error.getMessage());
    source.close();
    assertEquals(64, open, "those that were read; the changed one is closed");
  }

  @Test
  void ofManySourcesFewAreOpenAndNoneAfterwards() throws IOException {
    List<ByteSource> sources = readMany();
    assertTrue(most <= 65, most + " open at a time");
    for (ByteSource source : sources) {
      source.close();
    }
    assertEquals(0, open);
    assertThrows(IOException.class, () -> readOne(sources.get(0)));
  }

  private List<ByteSource> readMany() throws IOException {
    List<ByteSource> sources = new ArrayList<>();
    for (int i = 0; i < SOURCES; i++) {
      sources.add(pool.add("s" + i, 5, () -> new Counted(5)));
    }
    for (ByteSource source : sources) {
      assertEquals(1, readOne(source));
    }
    return sources;
  }
}
