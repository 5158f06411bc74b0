package org.bamarrow.internal.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bamarrow.convert.Intervals;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.internal.bgzf.BgzfBytes;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.io.BytesSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BamIndexTest {
  private final BlockInflater inflater = InflaterKind.JDK.open();

  /** Two leaf bins, a bin above them with a long record before, counts, a window each. */
  private static IndexFile bai() {
    return new IndexFile("BAI\1")
        .int32(2)
        .int32(4)
        .int32(4682, 1)
        .int64(300, 400)
        .int32(4681, 2)
        .int64(100, 200, 250, 300)
        .int32(585, 1)
        .int64(200, 250)
        .int32(37450, 2)
        .int64(100, 400, 7, 2)
        .int32(2)
        .int64(100, 200)
        .int32(0, 0)
        .int64(5);
  }

  /** As for a BAM with the number of references of a plain index, where that is at most 2. */
  private BamIndex read(byte[] bytes) throws IOException {
    int at = bytes.length > 0 && bytes[0] == 'B' ? 4 : 16;
    int references = bytes.length < at + 4 ? 1 : LittleEndian.int32(bytes, at);
    return read(bytes, references == 0 || references == 2 ? references : 1);
  }

  private BamIndex read(byte[] bytes, int references) throws IOException {
    return BamIndex.read(new BytesSource("x.index", bytes), inflater, references);
  }

  private BinningIndex binning(IndexFile file) throws IOException {
    return (BinningIndex) read(file.bytes());
  }

  private String reason(byte[] bytes) {
    return assertThrows(UnusableIndexException.class, () -> read(bytes)).reason();
  }

  /** Of bases from {@code beg} (0-based) to {@code end}, exclusive. */
  private static List<IndexChunk> chunks(BinningIndex index, int id, long beg, long end) {
    return BinningIndex.merged(index.chunks(id, Intervals.of(beg + 1, end)).ranges(), 0);
  }

  private static List<String> ends(List<IndexChunk> chunks) {
    return chunks.stream().map(chunk -> chunk.start() + "-" + chunk.end()).toList();
  }

  @Test
  void aBaiHasCountsAndChunks() throws IOException {
    BinningIndex index = binning(bai());
    assertEquals(2, index.references());
    assertEquals(7, index.mappedCount(0));
    assertEquals(2, index.unmappedCount(0));
    assertEquals(BinningIndex.UNKNOWN, index.mappedCount(1));
    assertEquals(5, index.unplacedCount());
    assertEquals(400, index.unplacedStart());
    assertEquals(1L << 29, index.span());
    assertEquals(List.of("100-300"), ends(chunks(index, 0, 0, 1)));
    assertEquals(List.of("100-400"), ends(chunks(index, 0, 16384, 16385)), "small ones before");
    assertEquals(List.of("100-400"), ends(chunks(index, 0, -5, Long.MAX_VALUE)));
    assertEquals(List.of("200-400"), ends(chunks(index, 0, 16384 * 7, 16384 * 8)));
    assertEquals(List.of("200-400"), ends(chunks(index, 0, 16384 * 8, 16384 * 9)));
    assertEquals(List.of(), ends(chunks(index, 0, 10, 10)));
    assertEquals(List.of(), ends(chunks(index, 1, 0, 100)));
    assertEquals(100, index.wholeReference(0).start());
    assertEquals(400, index.wholeReference(0).end());
    assertNull(index.wholeReference(1));
    assertArrayEquals(new long[] {100, 200, 250, 300, 400}, index.offsets());
  }

  @Test
  void theLinearIndexExcludesChunksBeforeIt() throws IOException {
    IndexFile file = new IndexFile("BAI\1").int32(1, 1).int32(585, 1).int64(100, 900).int32(4);
    BinningIndex index = binning(file.int64(0, 300, 0, 500));
    assertEquals(List.of("100-900"), ends(chunks(index, 0, 0, 10)));
    assertEquals(List.of("100-900"), ends(chunks(index, 0, 16384, 16394)), "one before is safe");
    assertEquals(List.of("300-900"), ends(chunks(index, 0, 32768, 32778)));
    assertEquals(
        List.of("300-900"), ends(chunks(index, 0, 49152, 49153)), "unknown: the one before");
    assertEquals(List.of("500-900"), ends(chunks(index, 0, 99999, 100000)), "past the last window");
    assertEquals(BinningIndex.UNKNOWN, index.unplacedCount());
  }

  @Test
  void aCsiMayHaveAnyBinningScheme() throws IOException {
    for (int depth : new int[] {0, 1, 6, 9}) {
      for (int shift : new int[] {1, 14, 32}) {
        if (shift + 3 * depth > 60) {
          continue;
        }
        long leaf = BinScheme.first(depth);
        long last = BinScheme.first(depth + 1) - 1;
        long pseudo = last + 2;
        int bins = depth == 0 ? 2 : 3;
        IndexFile file = new IndexFile("CSI\1").int32(shift, depth, 0, 1, bins);
        file.int32(leaf).int64(100).int32(1).int64(100, 200);
        if (depth > 0) {
          file.int32(last).int64(200).int32(1).int64(200, 300);
        }
        file.int32(pseudo).int64(0).int32(2).int64(100, 300, 3, 4).int64(0);
        for (byte[] bytes :
            List.of(file.bytes(), new BgzfBytes(6).block(file.bytes()).end().bytes())) {
          BinningIndex index = (BinningIndex) read(bytes);
          assertEquals(1L << shift + 3 * depth, index.span());
          assertEquals(List.of("100-200"), ends(chunks(index, 0, 0, 1)));
          String end = depth == 0 ? "100-200" : "100-300";
          if (index.span() <= Intervals.LAST) {
            assertEquals(List.of(end), ends(chunks(index, 0, index.span() - 1, index.span())));
          }
          assertEquals(3, index.mappedCount(0));
        }
      }
    }
  }

  @Test
  void theLoffsetOfACsiBinExcludesChunksBeforeIt() throws IOException {
    IndexFile file = new IndexFile("CSI\1").int32(14, 5, 0, 1, 3);
    file.int32(0).int64(100).int32(1).int64(100, 900);
    file.int32(4681).int64(150).int32(1).int64(150, 160);
    file.int32(4683).int64(400).int32(1).int64(400, 500);
    BinningIndex index = binning(file);
    assertEquals(List.of("100-900"), ends(chunks(index, 0, 0, 1)));
    assertEquals(List.of("100-900"), ends(chunks(index, 0, 16384, 16385)));
    assertEquals(List.of("150-900"), ends(chunks(index, 0, 2 * 16384, 2 * 16384 + 1)));
    assertEquals(List.of("150-900"), ends(chunks(index, 0, 1 << 28, 1 + (1 << 28))));
    assertArrayEquals(new long[] {100, 150, 400}, index.offsets());
  }

  @Test
  void anSbiHasOffsetsOfRecords() throws IOException {
    IndexFile file = new IndexFile("SBI\1").int64(999, 0, 0, 0, 0, 5, 2, 4);
    SplittingIndex index = (SplittingIndex) read(file.int64(10, 20, 30, 40).bytes());
    assertEquals(999, index.fileSize());
    assertEquals(5, index.records());
    assertEquals(2, index.granularity());
    assertEquals(40, index.end());
    assertArrayEquals(new long[] {10, 20, 30}, index.offsets());
  }

  @Test
  void otherFilesAreRejected() {
    assertTrue(reason(new byte[0]).contains("not a BAI, CSI or SBI"));
    assertTrue(reason("BAM\1".getBytes()).contains("not a BAI, CSI or SBI"));
    assertTrue(reason("<!DOCTYPE html>".getBytes()).contains("not a BAI, CSI or SBI"));
    byte[] tabix = new BgzfBytes(6).block(new IndexFile("TBI\1").int32(1).bytes()).bytes();
    assertTrue(reason(tabix).contains("tabix"));
    assertTrue(reason(new byte[] {31, (byte) 139, 8, 0, 0}).contains("damaged"));
  }

  @ParameterizedTest
  @ValueSource(longs = {Integer.MAX_VALUE, -1, -5, Integer.MIN_VALUE, 1000})
  void aCountLargerThanTheFileIsRejected(long count) {
    for (IndexFile file :
        List.of(
            new IndexFile("BAI\1").int32(count).int64(0, 0),
            new IndexFile("BAI\1").int32(1).int32(count).int64(0, 0),
            new IndexFile("BAI\1").int32(1, 1, 4681).int32(count).int64(0, 0),
            new IndexFile("BAI\1").int32(1, 0).int32(count).int64(0, 0),
            new IndexFile("CSI\1").int32(14, 5).int32(count).int64(0, 0),
            new IndexFile("CSI\1").int32(14, 5, 0).int32(count).int64(0, 0),
            new IndexFile("CSI\1").int32(14, 5, 0, 1).int32(count).int64(0, 0),
            new IndexFile("SBI\1").int64(9, 0, 0, 0, 0, 9, 1, count, 1, 2))) {
      String reason = reason(file.bytes());
      assertTrue(
          reason.contains("is " + count + ", but only")
              || reason.contains("it has " + count + " references, the header of the file has 1"),
          reason);
    }
  }

  @Test
  void invalidValuesAreRejected() {
    for (IndexFile file :
        List.of(
            new IndexFile("CSI\1").int32(-1, 5, 0, 0),
            new IndexFile("CSI\1").int32(14, 10, 0, 0),
            new IndexFile("CSI\1").int32(14, 2_000_000, 0, 0),
            new IndexFile("CSI\1").int32(60, 1, 0, 0),
            new IndexFile("BAI\1").int32(1, 1, 37449, 0, 0),
            new IndexFile("BAI\1").int32(1, 1, -1, 0, 0),
            new IndexFile("BAI\1").int32(1, 2, 4681, 0, 4681, 0, 0),
            new IndexFile("BAI\1").int32(1, 1, 4681, 1).int64(7, 6).int32(0),
            new IndexFile("BAI\1").int32(1, 1, 4681, 1).int64(-7, 6).int32(0),
            new IndexFile("BAI\1").int32(1, 1, 37450, 1).int64(7, 9).int32(0),
            new IndexFile("BAI\1").int32(1, 1, 37450, 2).int64(7, 9, -1, 0).int32(0),
            new IndexFile("BAI\1").int32(1, 0, 1).int64(-1),
            new IndexFile("BAI\1").int32(0).int64(1).int32(1),
            new IndexFile("SBI\1").int64(9, 0, 0, 0, 0, 9, 0, 1, 5),
            new IndexFile("SBI\1").int64(9, 0, 0, 0, 0, 9, 1, 0),
            new IndexFile("SBI\1").int64(9, 0, 0, 0, 0, 9, 1, 2, 5, 5))) {
      reason(file.bytes());
    }
  }

  @Test
  void everyTruncationAndEveryWrongByteGivesAnIndexOrAReason() {
    byte[] valid = bai().bytes();
    byte[] compressed = new BgzfBytes(6).block(valid).end().bytes();
    Random random = new Random(1);
    for (byte[] file : List.of(valid, compressed)) {
      for (int length = 0; length < file.length; length++) {
        tryOut(Arrays.copyOf(file, length));
      }
      for (int i = 0; i < 20_000; i++) {
        byte[] wrong = file.clone();
        wrong[random.nextInt(wrong.length)] ^= (byte) (1 << random.nextInt(8));
        wrong[random.nextInt(wrong.length)] = (byte) random.nextInt();
        tryOut(wrong);
      }
    }
  }

  private void tryOut(byte[] bytes) {
    try {
      if (read(bytes, 2) instanceof BinningIndex index) {
        index.inconsistency();
        for (int id = 0; id < index.references(); id++) {
          chunks(index, id, 0, Long.MAX_VALUE);
          chunks(index, id, 16384, 16385);
        }
        index.offsets();
      }
    } catch (UnusableIndexException refused) {
      assertTrue(refused.getMessage().startsWith("index x.index is not used: "));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
