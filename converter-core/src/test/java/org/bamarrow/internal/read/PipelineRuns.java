package org.bamarrow.internal.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bamarrow.internal.bam.BamBytes;
import org.bamarrow.internal.bam.RecordBytes;
import org.bamarrow.internal.bgzf.BgzfBytes;
import org.bamarrow.internal.read.ReaderRun.Setup;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.BytesSource;

/**
 * Files of records of random sizes, and runs of the pipeline over them with any number of workers.
 */
abstract class PipelineRuns {
  static final int[] WORKERS = {2, 3, 8};

  final Random random = new Random(42);

  ReaderRun sameForAll(Setup setup, byte[]... files) {
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
  static int chunkBorder(byte[] file) {
    List<Integer> counts = new ArrayList<>();
    SliceHandler counter = slice -> counts.add(slice.count());
    ReaderRun run =
        ReaderRun.of(Setup.workers(1), source(file), new ArrayList<>(), List.of(counter));
    assertNull(run.error());
    assertTrue(counts.size() > 2);
    return counts.get(0);
  }

  static void assertNoWorkerIsLeft() {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      assertFalse(thread.getName().startsWith("bamarrow-worker"), thread.getName());
    }
  }

  static List<ByteSource> source(byte[] file) {
    return List.of(new BytesSource("f", file));
  }

  List<Integer> sizes(int count, int most) {
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sizes.add(50 + random.nextInt(most));
    }
    return sizes;
  }

  byte[] file(List<Integer> sizes) {
    return pack(bam(sizes).bytes());
  }

  BamBytes bam(List<Integer> sizes) {
    BamBytes bam = new BamBytes();
    for (int i = 0; i < sizes.size(); i++) {
      bam.add(record("r" + i, sizes.get(i)));
    }
    return bam;
  }

  /** Stored blocks of all sizes, so that small files have many chunks. */
  byte[] pack(byte[] bytes) {
    return new BgzfBytes(0).blocks(bytes, () -> 1 + random.nextInt(20_000)).end().bytes();
  }

  /** A record of exactly that many bytes, at least 50. */
  static byte[] record(String name, int bytes) {
    int fill = bytes - 36 - name.length() - 1 - 4;
    return new RecordBytes().name(name).text("XX", "x".repeat(fill)).record();
  }
}
