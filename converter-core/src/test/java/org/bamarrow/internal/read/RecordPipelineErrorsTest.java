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
import org.bamarrow.internal.bam.BamBytes;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.bgzf.BgzfBytes;
import org.bamarrow.internal.read.ReaderRun.Setup;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.BytesSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Any number of workers reports the same error at the same position, and ends. */
@Timeout(120) // a deadlock shall fail, not hang
class RecordPipelineErrorsTest extends PipelineRuns {
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

  /** Damage in the inflated bytes of valid blocks. */
  @Test
  void theFirstInvalidRecordIsTheSameForAnyNumberOfWorkers() {
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
  void aRecordOverTheMemoryLimitIsAnErrorAndASmallerOneIsRead() {
    byte[] file = file(List.of(100, 300_000, 100));
    assertNull(sameForAll(Setup.workers(1).maxRecord(299_996), file).error());
    ReaderRun refused = sameForAll(Setup.workers(1).maxRecord(299_995), file);
    assertTrue(refused.error().contains("record of 299996 bytes"), refused.error());
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
  void anErrorOfTheSourceIsReportedInFileOrder() {
    assertErrorsInFileOrder(file(sizes(900, 300)));
  }

  /** No worker looks ahead here for the end of a record. */
  @Test
  void anErrorOfTheSourceIsReportedInFileOrderIfBlocksContainWholeRecords() {
    BgzfBytes file = new BgzfBytes(0).block(new BamBytes().bytes());
    for (int i = 0; i < 900; i++) {
      file.block(record("r" + i, 60 + random.nextInt(300)));
    }
    assertErrorsInFileOrder(file.end().bytes());
  }

  private void assertErrorsInFileOrder(byte[] file) {
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
  void closingEarlyEndsAllThreads() throws Exception {
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
