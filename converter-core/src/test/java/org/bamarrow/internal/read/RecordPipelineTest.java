package org.bamarrow.internal.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bamarrow.internal.bam.BamBytes;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bgzf.BgzfBytes;
import org.bamarrow.internal.read.ReaderRun.Setup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any number of workers gives what one gives: rows, order, counts. */
@Timeout(120) // a deadlock shall fail, not hang
class RecordPipelineTest extends PipelineRuns {
  @Test
  void everyRecordComesOnceAndInOrder() {
    List<Integer> sizes = sizes(3000, 400);
    ReaderRun one = ReaderRun.of(Setup.workers(1), file(sizes));
    assertNull(one.error());
    assertEquals(3000, one.rows().size());
    for (int i = 0; i < 3000; i++) {
      assertEquals("r" + i, one.rows().get(i).split(" ")[2]);
    }
    sameForAll(Setup.workers(1), file(sizes));
  }

  @Test
  void severalFilesFollowOneAnother() {
    byte[] empty = file(List.of());
    byte[] first = file(sizes(900, 300));
    byte[] second = file(sizes(1, 50));
    ReaderRun one = sameForAll(Setup.workers(1), empty, first, second, empty, first);
    assertNull(one.error());
    assertEquals(1801, one.rows().size());
    assertEquals(1801, one.statistics().records());
    assertTrue(one.statistics().end() == org.bamarrow.internal.bgzf.FileEnd.MARKER);
  }

  @Test
  void recordsSpanSeveralChunks() {
    List<Integer> sizes = sizes(300, 200);
    for (int large : new int[] {65_500, 131_072, 200_000, 700_000}) {
      for (int at : new int[] {0, 40, 41, 42, 250, sizes.size()}) {
        sizes.add(at, large + random.nextInt(100));
      }
    }
    ReaderRun one = sameForAll(Setup.workers(1), file(sizes));
    assertNull(one.error());
    assertEquals(324, one.rows().size());
  }

  /** Chunks end at each 65536 inflated bytes: two blocks of 32768. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 35, 36})
  void aBlockSizeFieldMayBeSplitBetweenChunks(int before) {
    BamBytes bam = new BamBytes();
    for (int end = 1 << 16; end < 6 << 16; end += 1 << 16) {
      bam.add(record("f", end - before - bam.size())).add(record("split", 100));
    }
    byte[] file = new BgzfBytes(0).blocks(bam.bytes(), () -> 1 << 15).end().bytes();
    ReaderRun one = sameForAll(Setup.workers(1).chunkBytes(1 << 20), file);
    assertNull(one.error());
    assertEquals(10, one.rows().size());
  }

  @Test
  void blocksOfOneByteAndEmptyBlocksChangeNothing() {
    byte[] bytes = bam(sizes(40, 100)).bytes();
    BgzfBytes file = new BgzfBytes(0);
    for (byte b : bytes) {
      file.block(new byte[] {b});
      if (random.nextInt(5) == 0) {
        file.end();
      }
    }
    ReaderRun one = sameForAll(Setup.workers(1), file.end().bytes());
    assertNull(one.error());
    assertEquals(40, one.rows().size());
  }

  @Test
  void theLimitIsExactWithAndWithoutAFilter() {
    List<Integer> sizes = sizes(900, 300);
    byte[] file = file(sizes);
    ReaderRun all = ReaderRun.of(Setup.workers(1), file, file);
    int border = chunkBorder(file);
    for (int limit : new int[] {0, 1, 2, border - 1, border, border + 1, 900, 901, 1800, 5000}) {
      for (boolean filtered : new boolean[] {false, true}) {
        Supplier<RecordFilter> filter = filtered ? RecordPipelineTest::even : null;
        Setup setup = Setup.workers(1).limit(limit).filter(filter);
        ReaderRun one = sameForAll(setup, file, file);
        assertNull(one.error());
        List<String> expected =
            all.rows().stream()
                .filter(row -> !filtered || isEven(row.split(" ")[2]))
                .limit(limit)
                .toList();
        assertEquals(expected, one.rows());
        assertEquals(expected.size(), one.statistics().rows());
      }
    }
  }

  @Test
  void damageAfterTheLimitIsIgnored() {
    byte[] file = file(sizes(900, 300));
    int border = chunkBorder(file);
    file[file.length - 40] ^= 1;
    for (int i = 0; i < 20; i++) {
      assertNull(sameForAll(Setup.workers(1).limit(border), file).error());
      assertNull(sameForAll(Setup.workers(1).limit(border).filter(this::all), file).error());
    }
  }

  @Test
  void manyLargeRecordsDoNotLockEightWorkers() {
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      sizes.add(60_000 + random.nextInt(240_000));
      sizes.addAll(sizes(random.nextInt(30), 200));
    }
    byte[] file = file(sizes);
    for (int i = 0; i < 5; i++) {
      ReaderRun run = ReaderRun.of(Setup.workers(8), file);
      assertNull(run.error());
      assertEquals(sizes.size(), run.rows().size());
    }
  }

  @Test
  void theCountsAreTheSameForAnyNumberOfWorkers() {
    byte[] file = file(sizes(900, 300));
    ReadStatistics one = ReaderRun.of(Setup.workers(1), file, file).statistics();
    for (int workers : WORKERS) {
      ReadStatistics many = ReaderRun.of(Setup.workers(workers), file, file).statistics();
      assertEquals(one.records(), many.records());
      assertEquals(one.rows(), many.rows());
      assertEquals(one.blocks(), many.blocks());
      assertEquals(one.bytesRead(), many.bytesRead());
      assertEquals(one.inflatedBytes(), many.inflatedBytes());
    }
    assertEquals(2L * file.length, one.bytesRead());
    assertEquals(1800, one.records());
  }

  private static RecordFilter even() {
    return (slice, row) -> isEven(ReaderRun.row(slice, row).split(" ")[2]);
  }

  private RecordFilter all() {
    return (slice, row) -> true;
  }

  private static boolean isEven(String name) {
    return Integer.parseInt(name.substring(1)) % 2 == 0;
  }
}
