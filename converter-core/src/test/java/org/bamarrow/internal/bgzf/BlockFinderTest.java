package org.bamarrow.internal.bgzf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.BytesSource;
import org.bamarrow.io.VirtualOffset;
import org.junit.jupiter.api.Test;

class BlockFinderTest {
  private final BlockInflater inflater = InflaterKind.JDK.open();
  private final Random random = new Random(7);

  @Test
  void findsTheNextBlockFromEveryByte() throws IOException {
    BgzfBytes file = new BgzfBytes(6);
    TreeSet<Integer> starts = new TreeSet<>();
    for (int i = 0; i < 300; i++) {
      starts.add(file.size());
      byte[] payload = new byte[i % 7 == 0 ? 0 : 1 + random.nextInt(90)];
      random.nextBytes(payload);
      file.block(payload);
    }
    starts.add(file.size());
    assertFinds(file.end().bytes(), starts);
  }

  @Test
  void isNotFooledByWholeBgzfFilesInStoredBlocks() throws IOException {
    byte[] noise = new byte[3000];
    random.nextBytes(noise);
    BgzfBytes embedded = new BgzfBytes(6);
    while (embedded.size() < 150_000) {
      embedded.block(Arrays.copyOf(noise, random.nextInt(noise.length))).end();
    }
    BgzfBytes file = new BgzfBytes(0);
    TreeSet<Integer> starts = new TreeSet<>();
    byte[] payload = embedded.end().bytes();
    for (int at = 0; at < payload.length; at += 65_000) {
      starts.add(file.size());
      file.block(Arrays.copyOfRange(payload, at, Math.min(payload.length, at + 65_000)));
    }
    starts.add(file.size());
    file.block(noise);
    starts.add(file.size());
    assertFinds(file.end().bytes(), starts, 997);
  }

  @Test
  void reportsThatNoBlockStartsBeforeTheEndOfTheFile() throws IOException {
    byte[] file = Arrays.copyOf(new BgzfBytes(6).block(new byte[10]).bytes(), 200_000);
    BlockFinder finder = new BlockFinder(new BytesSource("x.bam", file), inflater);
    BamFormatException error = assertThrows(BamFormatException.class, () -> finder.find(100));
    assertEquals(VirtualOffset.of(100), error.virtualOffset());
    assertEquals(BlockFinder.NONE, finder.find(150_000));
    assertEquals(BlockFinder.NONE, finder.find(300_000));
  }

  private void assertFinds(byte[] file, TreeSet<Integer> starts) throws IOException {
    assertFinds(file, starts, 1);
  }

  private void assertFinds(byte[] file, TreeSet<Integer> starts, int step) throws IOException {
    BlockFinder finder = new BlockFinder(new BytesSource("x.bam", file), inflater);
    for (int position = 0; position < file.length; position += step) {
      Integer truth = starts.ceiling(position);
      assertEquals(truth == null ? BlockFinder.NONE : truth, finder.find(position), "" + position);
    }
  }
}
