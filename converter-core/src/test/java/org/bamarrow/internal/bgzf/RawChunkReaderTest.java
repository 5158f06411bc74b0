package org.bamarrow.internal.bgzf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.BytesSource;
import org.bamarrow.io.StreamByteSource;
import org.bamarrow.io.VirtualOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawChunkReaderTest {
  private static final int GRID = 1 << 16;
  private static final byte[] EOF = new BgzfBytes(0).end().bytes();

  private final Random random = new Random(3);
  private final List<Long> starts = new ArrayList<>();

  /** First block position and inflated size of each chunk. */
  private record Chunks(List<Long> positions, List<Long> inflated, long end) {}

  @ParameterizedTest
  @ValueSource(ints = {1, 17, 4096, 1 << 20})
  void aChunkEndsBeforeTheFirstBlockAtOrPastAMultipleOfItsBytes(int readBytes) throws IOException {
    byte[] file = randomFile(400_000, 9000);
    for (int chunkBytes : new int[] {GRID, 100_000, 1 << 20}) {
      List<Long> expected = new ArrayList<>();
      for (long multiple = 0; multiple < file.length; multiple += chunkBytes) {
        long first = multiple;
        starts.stream().filter(start -> start >= first).findFirst().ifPresent(expected::add);
      }
      expected = expected.stream().distinct().toList();
      Chunks chunks = read(source(file), chunkBytes, 1 << 28, readBytes);
      assertEquals(expected, chunks.positions);
      assertEquals(file.length, chunks.end);
    }
  }

  @Test
  void aBlockThatStartsAtTheMultipleStartsTheNextChunk() throws IOException {
    BgzfBytes file = new BgzfBytes(0);
    file.block(new byte[GRID - 31 - 31]).block(new byte[0]).block(new byte[10]).end();
    assertEquals(GRID, file.size() - 28 - 41);
    assertEquals(List.of(0L, (long) GRID), read(source(file.bytes()), GRID, GRID, 999).positions);
  }

  @Test
  void aChunkDoesNotExceedItsInflatedSizeUnlessItIsOneBlock() throws IOException {
    byte[] file = randomFile(900_000, 40_000);
    for (int bound : new int[] {GRID, GRID + 1, 200_000}) {
      Chunks chunks = read(source(file), 1 << 28, bound, 1 << 16);
      assertTrue(chunks.positions.size() > 3);
      for (long inflated : chunks.inflated) {
        assertTrue(inflated <= bound);
      }
      assertEquals(900_000, chunks.inflated.stream().mapToLong(i -> i).sum());
      assertEquals(file.length, chunks.end);
    }
  }

  @Test
  void aStreamGivesTheSameChunksAsAFile() throws IOException {
    byte[] file = randomFile(900_000, 40_000);
    ByteSource stream = new StreamByteSource("f", new ByteArrayInputStream(file));
    assertEquals(read(source(file), GRID, 100_000, 5000), read(stream, GRID, 100_000, 5000));
  }

  @Test
  void everyTruncationIsReportedWithItsOffset() throws IOException {
    byte[] file = new BgzfBytes(1).block(new byte[300]).block(noise(50)).end().bytes();
    List<Long> positions = List.of(0L, (long) secondBlock(file), (long) file.length - 28);
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      BamFormatException error =
          assertThrows(BamFormatException.class, () -> read(source(cut), GRID, GRID, 10));
      long place = length;
      for (long position : positions) {
        place = position <= length ? position : place;
      }
      assertEquals(place, VirtualOffset.block(error.virtualOffset()), error.getMessage());
      assertEquals(0, VirtualOffset.within(error.virtualOffset()));
      boolean betweenBlocks = positions.contains((long) length);
      assertEquals(
          betweenBlocks, error.getMessage().contains("end-of-file marker"), error.getMessage());
    }
  }

  @Test
  void aMissingMarkerIsAnErrorUnlessAllowed() throws IOException {
    byte[] file = new BgzfBytes(1).block(noise(50)).bytes();
    RawChunkReader reader = new RawChunkReader(source(file), 0, GRID, GRID, GRID, true);
    RawChunk chunk = new RawChunk();
    assertTrue(reader.read(chunk));
    assertEquals(FileEnd.NO_MARKER, reader.end());
    assertFalse(reader.read(chunk));
    assertEquals(0, chunk.blocks());
    BamFormatException error =
        assertThrows(BamFormatException.class, () -> read(source(file), GRID, GRID, GRID));
    assertEquals(VirtualOffset.of(file.length), error.virtualOffset());
  }

  @Test
  void emptyBlocksInTheMiddleDoNotEndTheFile() throws IOException {
    BgzfBytes file = new BgzfBytes(1).block(noise(10)).end().end().block(noise(20)).end().end();
    Chunks chunks = read(source(file.bytes()), GRID, GRID, GRID);
    assertEquals(List.of(30L), chunks.inflated);
    assertEquals(file.size(), chunks.end);
  }

  @Test
  void anEmptyBlockInTheMiddleIsNotAnEndOfFileMarker() {
    byte[] file = new BgzfBytes(1).block(noise(10)).end().block(noise(20)).bytes();
    assertThrows(BamFormatException.class, () -> read(source(file), GRID, GRID, GRID));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 11, 12, 13, 100, 70_000})
  void trailingBytesAreAnErrorWithTheirOffset(int garbage) {
    byte[] file = join(new BgzfBytes(1).block(noise(10)).end().bytes(), new byte[garbage]);
    BamFormatException error =
        assertThrows(BamFormatException.class, () -> read(source(file), GRID, GRID, GRID));
    assertEquals(VirtualOffset.of(file.length - garbage), error.virtualOffset());
  }

  @Test
  void bcMayFollowOtherSubfields() throws IOException {
    byte[] payload = noise(20);
    BgzfBlock[] blocks = {
      new BgzfBlock(payload).subfield("BC", 2),
      new BgzfBlock(payload).subfield("XX", 0).subfield("BC", 2),
      new BgzfBlock(payload).subfield("XX", 7).subfield("BC", 2).subfield("YY", 300),
      new BgzfBlock(payload).subfield("BC", 2).subfield("CB", 2)
    };
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (BgzfBlock block : blocks) {
      file.writeBytes(block.bytes());
    }
    file.writeBytes(EOF);
    RawChunkReader reader =
        new RawChunkReader(source(file.toByteArray()), 0, GRID, GRID, GRID, false);
    RawChunk chunk = new RawChunk();
    assertTrue(reader.read(chunk));
    assertEquals(5, chunk.blocks());
    BlockBuffer buffer = new BlockBuffer();
    try (BlockInflater inflater = InflaterKind.JDK.open()) {
      for (int i = 0; i < 4; i++) {
        buffer.append(chunk, i, inflater, "f");
        byte[] inflated = Arrays.copyOfRange(buffer.data(), 20 * i, 20 * i + 20);
        assertArrayEquals(payload, inflated);
      }
    }
  }

  @Test
  void invalidBlocksAreRejectedWithTheReason() {
    byte[] payload = noise(20);
    refused("not have exactly one valid BC", new BgzfBlock(payload));
    refused("not have exactly one valid BC", new BgzfBlock(payload).subfield("XX", 2));
    refused("not have exactly one valid BC", new BgzfBlock(payload).subfield("BC", 3));
    refused(
        "not have exactly one valid BC",
        new BgzfBlock(payload).subfield("BC", 2).subfield("BC", 2));
    byte[] overrun = {'B', 'C', 2, 0, 50, 0, 'X', 'X', 9, 0, 0};
    refused("not have exactly one valid BC", new BgzfBlock(payload).rawExtra(overrun));
    byte[] strayByte = {'B', 'C', 2, 0, 50, 0, 'X'};
    refused("not have exactly one valid BC", new BgzfBlock(payload).rawExtra(strayByte));
    refused("gzip, not BGZF", new BgzfBlock(payload).subfield("BC", 2).flags(0));
    refused("gzip, not BGZF", new BgzfBlock(payload).subfield("BC", 2).flags(8));
    refused("FLG 12 instead of 4", new BgzfBlock(payload).subfield("BC", 2).flags(12));
    refused("FLG 228 instead of 4", new BgzfBlock(payload).subfield("BC", 2).flags(0xe4));
    refused("method 7", new BgzfBlock(payload).subfield("BC", 2).method(7));
    refused("ISIZE is 65537", new BgzfBlock(payload).subfield("BC", 2).isize(65537));
    refused("ISIZE is 4294967295", new BgzfBlock(payload).subfield("BC", 2).isize(-1));
  }

  /** The smallest BSIZE names header and footer alone. */
  @Test
  void aBsizeBelowHeaderAndFooterIsRejected() {
    byte[] block = new BgzfBlock(new byte[0]).subfield("BC", 2).bytes();
    int excess = block.length - 18 - 8;
    refused(
        "not have exactly one valid BC",
        new BgzfBlock(new byte[0]).subfield("BC", 2).bsizeError(-6));
    byte[] file = new BgzfBlock(new byte[0]).subfield("BC", 2).bsizeError(-excess).bytes();
    assertEquals(26, BlockHeader.blockSize(file, 0));
  }

  @Test
  void aWrongBsizeIsDetectedAtTheNextBlock() {
    for (int error : new int[] {-3, -1, 1, 2, 30}) {
      byte[] block = new BgzfBlock(noise(60)).subfield("BC", 2).bsizeError(error).bytes();
      byte[] file = join(block, join(block, EOF));
      assertThrows(BamFormatException.class, () -> read(source(file), GRID, GRID, GRID));
    }
  }

  private void refused(String why, BgzfBlock block) {
    byte[] before = new BgzfBytes(1).block(noise(10)).bytes();
    byte[] file = join(before, join(block.bytes(), EOF));
    BamFormatException error =
        assertThrows(BamFormatException.class, () -> read(source(file), GRID, GRID, GRID));
    assertTrue(error.getMessage().contains(why), error.getMessage());
    assertEquals(VirtualOffset.of(before.length), error.virtualOffset());
  }

  private static Chunks read(ByteSource source, int chunkBytes, int bound, int readBytes)
      throws IOException {
    RawChunkReader reader = new RawChunkReader(source, 0, chunkBytes, bound, readBytes, false);
    RawChunk chunk = new RawChunk();
    Chunks chunks = new Chunks(new ArrayList<>(), new ArrayList<>(), 0);
    while (reader.read(chunk)) {
      chunks.positions.add(chunk.position());
      chunks.inflated.add(chunk.inflatedSize());
    }
    return new Chunks(chunks.positions, chunks.inflated, reader.position());
  }

  /** Stored blocks of up to {@code most} bytes; their places go to {@link #starts}. */
  private byte[] randomFile(int bytes, int most) {
    BgzfBytes file = new BgzfBytes(0);
    for (int left = bytes; left > 0; ) {
      int size = Math.min(left, random.nextInt(most));
      starts.add((long) file.size());
      file.block(noise(size));
      left -= size;
    }
    starts.add((long) file.size());
    return file.end().bytes();
  }

  private static int secondBlock(byte[] file) {
    return BlockHeader.blockSize(file, 0);
  }

  private byte[] noise(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static ByteSource source(byte[] file) {
    return new BytesSource("f", file);
  }
}
