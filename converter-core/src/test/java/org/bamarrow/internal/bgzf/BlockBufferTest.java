package org.bamarrow.internal.bgzf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.BytesSource;
import org.bamarrow.io.VirtualOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockBufferTest {
  private final BlockInflater inflater = InflaterKind.JDK.open();
  private final Random random = new Random(4);

  @AfterEach
  void close() {
    inflater.close();
  }

  @Test
  void everyByteHasItsVirtualOffsetAlsoWithEmptyBlocks() throws IOException {
    for (int round = 0; round < 30; round++) {
      ByteArrayOutputStream payload = new ByteArrayOutputStream();
      List<Long> expected = new ArrayList<>();
      BgzfBytes file = new BgzfBytes(1);
      for (int i = 0; i < 200; i++) {
        byte[] bytes = new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(20)];
        random.nextBytes(bytes);
        for (int at = 0; at < bytes.length; at++) {
          expected.add(VirtualOffset.of(file.size(), at));
        }
        payload.writeBytes(bytes);
        file.block(bytes);
      }
      expected.add(VirtualOffset.of(file.size()));
      BlockBuffer buffer = append(new BlockBuffer(), file.bytes());
      assertEquals(expected.size() - 1, buffer.size());
      for (int at = 0; at < expected.size(); at++) {
        assertEquals(expected.get(at), buffer.virtualOffset(at));
      }
      assertArrayEquals(payload.toByteArray(), Arrays.copyOf(buffer.data(), buffer.size()));
    }
  }

  @Test
  void aFullBlockOf65536BytesIsRead() throws IOException {
    BlockBuffer buffer = append(new BlockBuffer(), new BgzfBytes(6).block(new byte[65536]).bytes());
    assertEquals(65536, buffer.size());
    assertEquals(65535, buffer.virtualOffset(65535));
  }

  @Test
  void aClearedBufferCanBeReused() throws IOException {
    BlockBuffer buffer = append(new BlockBuffer(), new BgzfBytes(6).block(new byte[5]).bytes());
    buffer.clear();
    assertEquals(0, buffer.size());
    append(buffer, new BgzfBytes(6).block(new byte[] {7}).bytes());
    assertEquals(1, buffer.size());
    assertEquals(7, buffer.data()[0]);
    assertEquals(0, buffer.virtualOffset(0));
  }

  @Test
  void aWrongCrcOrSizeIsReportedWithTheBlocksOffset() {
    byte[] payload = {1, 2, 3, 4};
    damaged("CRC32 does not match", new BgzfBlock(payload).crc(5));
    damaged("CRC32 does not match", new BgzfBlock(new byte[0]).crc(1));
    damaged("cannot be inflated", new BgzfBlock(payload).isize(3));
    damaged("cannot be inflated", new BgzfBlock(payload).isize(5));
    damaged("cannot be inflated", new BgzfBlock(payload).isize(0));
    damaged("cannot be inflated", new BgzfBlock(payload).isize(65536));
  }

  private void damaged(String why, BgzfBlock block) {
    byte[] before = new BgzfBytes(1).block(new byte[10]).bytes();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(before);
    file.writeBytes(block.subfield("BC", 2).bytes());
    BamFormatException error =
        assertThrows(BamFormatException.class, () -> append(new BlockBuffer(), file.toByteArray()));
    assertTrue(error.getMessage().contains(why), error.getMessage());
    assertEquals(VirtualOffset.of(before.length), error.virtualOffset());
    assertEquals("f", error.file());
  }

  private BlockBuffer append(BlockBuffer buffer, byte[] file) throws IOException {
    RawChunkReader reader =
        new RawChunkReader(new BytesSource("f", file), 0, 1 << 20, 1 << 20, 1 << 20, true);
    RawChunk chunk = new RawChunk();
    assertTrue(reader.read(chunk));
    for (int i = 0; i < chunk.blocks(); i++) {
      buffer.append(chunk, i, inflater, "f");
    }
    return buffer;
  }
}
