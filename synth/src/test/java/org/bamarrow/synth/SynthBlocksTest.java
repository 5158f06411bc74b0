package org.bamarrow.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Block by block, with nothing of the product's own readers. */
class SynthBlocksTest {
  /** Inflated blocks, the end-of-file marker too. */
  private static List<byte[]> blocks(byte[] bam) throws DataFormatException {
    List<byte[]> blocks = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(bam).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < bam.length; ) {
      int size = (in.getShort(at + 16) & 0xffff) + 1;
      byte[] block = new byte[in.getInt(at + size - 4)];
      Inflater inflater = new Inflater(true);
      inflater.setInput(bam, at + 18, size - 26);
      assertEquals(block.length, inflater.inflate(block));
      inflater.end();
      CRC32 crc = new CRC32();
      crc.update(block);
      assertEquals((int) crc.getValue(), in.getInt(at + size - 8));
      blocks.add(block);
      at += size;
    }
    return blocks;
  }

  @ParameterizedTest
  @EnumSource
  void recordsSpanAlignedBlocksOnlyWhenLargerThanOne(SynthProfile profile) throws Exception {
    SynthOptions options = SynthBamTest.options(profile).withBlocks(true, 1, 20_000);
    Set<Long> starts = new HashSet<>();
    int spanning = spanning(options, starts, 20_000);
    assertEquals(0, spanning);
  }

  @ParameterizedTest
  @EnumSource
  void recordsSpanBlocksThatAreCutWhenFull(SynthProfile profile) throws Exception {
    SynthOptions options = SynthBamTest.options(profile).withBlocks(false, 1, 20_000);
    List<byte[]> blocks = blocks(SynthBamTest.bam(options));
    for (byte[] block : blocks.subList(0, blocks.size() - 2)) {
      assertEquals(20_000, block.length);
    }
    assertEquals(0, blocks.get(blocks.size() - 1).length);
    assertTrue(spanning(options, new HashSet<>(), Integer.MAX_VALUE) > 0);
  }

  /** How many records of at most so many bytes lie in more than one block. */
  private static int spanning(SynthOptions options, Set<Long> starts, int most)
      throws IOException, DataFormatException {
    List<byte[]> blocks = blocks(SynthBamTest.bam(options));
    int total = blocks.stream().mapToInt(block -> block.length).sum();
    ByteBuffer all = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
    for (byte[] block : blocks) {
      starts.add((long) all.position());
      all.put(block);
    }
    int spanning = 0;
    long records = 0;
    for (int at = afterHeader(all), next; at < total; at = next, records++) {
      next = at + 4 + all.getInt(at);
      boolean cut = false;
      for (int inside = at + 1; inside < next && !cut; inside++) {
        cut = starts.contains((long) inside);
      }
      spanning += cut && next - at <= most ? 1 : 0;
    }
    assertEquals(options.records(), records);
    return spanning;
  }

  private static int afterHeader(ByteBuffer bam) {
    int at = 8 + bam.getInt(4);
    int references = bam.getInt(at);
    at += 4;
    for (int i = 0; i < references; i++) {
      at += 8 + bam.getInt(at);
    }
    return at;
  }
}
