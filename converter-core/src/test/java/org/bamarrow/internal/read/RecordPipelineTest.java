package org.bamarrow.internal.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.bamarrow.internal.bam.BamBytes;
import org.bamarrow.internal.bam.RecordBytes;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.bgzf.BgzfBytes;
import org.bamarrow.internal.read.ReaderRun.Setup;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.BytesSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any number of workers gives what one gives: rows, order, first error. */
@Timeout(120) // a deadlock shall fail, not hang
class RecordPipelineTest {
  private static final int[] WORKERS = {2, 3, 8};

  private final Random random = new Random(42);

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
  void recordsReachOverSeveralChunks() {
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
  void theFirstErrorIsTheSameForAnyNumberOfWorkers() {
    List<Integer> sizes = sizes(800, 300);
    sizes.add(400, 150_000);
    byte[] sound = file(sizes);
    int failed = 0;
    for (int i = 0; i < 60; i++) {
      byte[] file = sound.clone();
      int at = 40 + random.nextInt(file.length - 40);
      switch (i % 3) {
        case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> Arrays.fill(file, at, Math.min(file.length, at + 5000), (byte) 0);
        default -> file = Arrays.copyOf(file, at);
      }
      failed += sameForAll(Setup.workers(1), file).error() == null ? 0 : 1;
    }
    assertTrue(failed > 40, failed + " of 60 failed");
  }

  /** Damage inside the inflated bytes, behind sound blocks. */
  @Test
  void theFirstBrokenRecordIsTheSameForAnyNumberOfWorkers() {
    byte[] sound = bam(sizes(700, 500)).bytes();
    int failed = 0;
    for (int i = 0; i < 40; i++) {
      byte[] bytes = sound.clone();
      for (int j = 0; j <= i % 3; j++) {
        bytes[30 + random.nextInt(bytes.length - 30)] ^= (byte) 0x80;
      }
      failed += sameForAll(Setup.workers(1), pack(bytes)).error() == null ? 0 : 1;
    }
    assertTrue(failed > 5, failed + " of 40 failed");
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
  void damageBehindTheLimitIsNotSeen() {
    byte[] file = file(sizes(900, 300));
    int border = chunkBorder(file);
    file[file.length - 40] ^= 1;
    for (int i = 0; i < 20; i++) {
      assertNull(sameForAll(Setup.workers(1).limit(border), file).error());
      assertNull(sameForAll(Setup.workers(1).limit(border).filter(this::all), file).error());
    }
  }

  @Test
  void aRecordOverTheMemoryIsRefusedAndOneBelowIsRead() {
    byte[] file = file(List.of(100, 300_000, 100));
    assertNull(sameForAll(Setup.workers(1).maxRecord(299_996), file).error());
    ReaderRun refused = sameForAll(Setup.workers(1).maxRecord(299_995), file);
    assertTrue(refused.error().contains("record of 299996 bytes"), refused.error());
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
  void anExceptionOfAHandlerIsThrownAndEndsEveryThread() {
    byte[] file = file(sizes(900, 300));
    List<Throwable> errors =
        List.of(new IOException("full"), new IllegalStateException("bug"), new AssertionError("?"));
    for (Throwable error : errors) {
      for (String step : List.of("handle", "deliver", "complete")) {
        for (int workers : new int[] {1, 2, 8}) {
          List<String> rows = new ArrayList<>();
          List<SliceHandler> handlers = new ArrayList<>();
          for (int i = 0; i < workers; i++) {
            handlers.add(new Failing(rows, step, error));
          }
          ReaderRun run = ReaderRun.of(Setup.workers(workers), source(file), rows, handlers);
          assertEquals(error.getClass().getSimpleName() + ": " + error.getMessage(), run.error());
          handlers.forEach(handler -> assertTrue(((Failing) handler).closed));
          assertNoWorkerIsLeft();
        }
      }
    }
  }

  /** Whatever a source throws, rows must not be missing in silence. */
  @Test
  void anyErrorOfTheSourceComesInItsPlace() {
    anyErrorComesInItsPlace(file(sizes(900, 300)));
  }

  /** No worker looks ahead here for the end of a record. */
  @Test
  void anyErrorOfTheSourceComesInItsPlaceWhereBlocksHoldWholeRecords() {
    BgzfBytes file = new BgzfBytes(0).block(new BamBytes().bytes());
    for (int i = 0; i < 900; i++) {
      file.block(record("r" + i, 60 + random.nextInt(300)));
    }
    anyErrorComesInItsPlace(file.end().bytes());
  }

  private void anyErrorComesInItsPlace(byte[] file) {
    List<Throwable> errors =
        List.of(
            new IOException("gone"),
            new IllegalStateException("closed"),
            new OutOfMemoryError("x"));
    for (Throwable error : errors) {
      ReaderRun one = null;
      for (int workers : new int[] {1, 2, 8}) {
        ByteSource failing = new FailingSource(new BytesSource("f", file), 120_000, error);
        ReaderRun run = ReaderRun.of(Setup.workers(workers), List.of(failing));
        assertEquals(error.getClass().getSimpleName() + ": " + error.getMessage(), run.error());
        one = one == null ? run : one;
        assertEquals(one.rows(), run.rows());
        assertFalse(run.rows().isEmpty());
        assertNoWorkerIsLeft();
      }
    }
  }

  @Test
  void closingInTheMiddleEndsEveryThread() throws Exception {
    byte[] file = file(sizes(2000, 300));
    for (int i = 0; i < 30; i++) {
      List<SliceHandler> handlers = new ArrayList<>();
      List<String> rows = new ArrayList<>();
      for (int j = 0; j < 4; j++) {
        handlers.add(new ReaderRun.Collector(rows));
      }
      RecordPipeline reader =
          new RecordPipeline(
              ReadScope.whole(ReaderRun.open(source(file))), Setup.workers(4).settings(), handlers);
      if (i % 3 != 0) {
        reader.start(() -> {});
      }
      reader.close();
      reader.close();
      assertNoWorkerIsLeft();
      handlers.forEach(handler -> assertTrue(((ReaderRun.Collector) handler).closed));
    }
  }

  @Test
  void theCountsAddUpForAnyNumberOfWorkers() {
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

  private ReaderRun sameForAll(Setup setup, byte[]... files) {
    ReaderRun one = ReaderRun.of(setup, files);
    for (int workers : WORKERS) {
      Setup many =
          new Setup(
              workers,
              setup.batches(),
              setup.limit(),
              setup.filter(),
              setup.maxRecord(),
              setup.allowMissingEof());
      ReaderRun run = ReaderRun.of(many, files);
      assertEquals(one.error(), run.error());
      assertEquals(one.rows(), run.rows());
      if (one.error() == null) {
        assertEquals(one.statistics().records(), run.statistics().records());
      }
    }
    return one;
  }

  /** Records of the first chunk of a file. */
  private static int chunkBorder(byte[] file) {
    List<Integer> counts = new ArrayList<>();
    SliceHandler counter = slice -> counts.add(slice.count());
    ReaderRun run =
        ReaderRun.of(Setup.workers(1), source(file), new ArrayList<>(), List.of(counter));
    assertNull(run.error());
    assertTrue(counts.size() > 2);
    return counts.get(0);
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

  private static void assertNoWorkerIsLeft() {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      assertFalse(thread.getName().startsWith("bamarrow-worker"), thread.getName());
    }
  }

  private static List<ByteSource> source(byte[] file) {
    return List.of(new BytesSource("f", file));
  }

  private List<Integer> sizes(int count, int most) {
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sizes.add(50 + random.nextInt(most));
    }
    return sizes;
  }

  private byte[] file(List<Integer> sizes) {
    return pack(bam(sizes).bytes());
  }

  private BamBytes bam(List<Integer> sizes) {
    BamBytes bam = new BamBytes();
    for (int i = 0; i < sizes.size(); i++) {
      bam.add(record("r" + i, sizes.get(i)));
    }
    return bam;
  }

  /** Stored blocks of all sizes, so that small files have many chunks. */
  private byte[] pack(byte[] bytes) {
    return new BgzfBytes(0).blocks(bytes, () -> 1 + random.nextInt(20_000)).end().bytes();
  }

  /** A record of exactly that many bytes, at least 50. */
  private static byte[] record(String name, int bytes) {
    int fill = bytes - 36 - name.length() - 1 - 4;
    return new RecordBytes().name(name).text("XX", "x".repeat(fill)).record();
  }

  private static final class Failing extends ReaderRun.Collector {
    private final String step;
    private final Throwable error;
    private boolean now;

    Failing(List<String> rows, String step, Throwable error) {
      super(rows);
      this.step = step;
      this.error = error;
    }

    @Override
    public void handle(RecordSlice slice) throws IOException {
      super.handle(slice);
      for (int row = 0; row < slice.count(); row++) {
        now |= ReaderRun.row(slice, row).contains(" r450 ");
      }
      fail("handle");
    }

    @Override
    public void deliver() throws IOException {
      super.deliver();
      fail("deliver");
    }

    @Override
    public void complete() throws IOException {
      fail("complete");
    }

    private void fail(String here) throws IOException {
      if (now && step.equals(here)) {
        FailingSource.raise(error);
      }
    }
  }

  /** Throws where a byte past {@code from} is read. */
  private record FailingSource(ByteSource source, long from, Throwable error)
      implements ByteSource {
    @Override
    public String name() {
      return source.name();
    }

    @Override
    public long size() {
      return source.size();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
      if (position + length > from) {
        raise(error);
      }
      return source.read(position, target, offset, length);
    }

    @Override
    public void close() {}

    static void raise(Throwable error) throws IOException {
      assertNotNull(error);
      if (error instanceof IOException e) {
        throw e;
      }
      if (error instanceof RuntimeException e) {
        throw e;
      }
      throw (Error) error;
    }
  }
}
