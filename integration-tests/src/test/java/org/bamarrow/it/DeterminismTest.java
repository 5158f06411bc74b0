package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.convert.Strategy;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.engine.Conversion;
import org.bamarrow.internal.read.RecordPipeline;
import org.bamarrow.internal.read.SliceHandler;
import org.bamarrow.io.ByteSources;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads may come in any order; the output knows nothing of it. */
class DeterminismTest {
  private static final MachineOptions SEVEN = Conversions.machine(Strategy.PIPELINE, 7);

  @TempDir private static Path folder;
  private static Path bam;

  /** Records over two blocks and over two chunks. */
  @BeforeAll
  static void makeABamOfManyChunks() throws IOException {
    bam = folder.resolve("many.bam");
    SynthBam.write(bam, SynthOptions.of(SynthProfile.EDGE, 8000, 10).withBlocks(false, 4, 20_000));
  }

  @Test
  void twentyRunsOfSevenThreadsGiveTheSameBytes() throws Exception {
    ConvertOptions options = Conversions.WHOLE.withBatches(Conversions.SMALL);
    assertSameBytes(options, "whole.arrow");
  }

  @Test
  void aLimitCutsAtTheSameRowForAnyNumberOfThreads() throws Exception {
    for (long limit : new long[] {0, 1, 2999, 3000, 7999, 8000, 8001}) {
      RowOptions rows = RowOptions.defaults().withLimit(limit);
      ConvertOptions options = Conversions.WHOLE.withBatches(Conversions.SMALL).withRows(rows);
      Path arrow = folder.resolve("limit-" + limit + ".arrow");
      assertEquals(Math.min(limit, 8000), Conversions.convert(bam, arrow, options).rows());
      for (MachineOptions machine : Conversions.machines()) {
        Path other = folder.resolve("other.arrow");
        Conversions.convert(bam, other, options.withMachine(machine));
        assertEquals(-1, Files.mismatch(arrow, other), () -> machine + ", limit " + limit);
        Files.delete(other);
      }
    }
  }

  @Test
  void recordsComeInOrderHoweverTheWorkersAreDelayed() throws Exception {
    List<Long> expected = new ArrayList<>();
    read(List.of(new Slow(expected, new Random(0), 0)), Conversions.machines().get(0));
    assertEquals(8000, expected.size());
    for (int seed = 1; seed <= 15; seed++) {
      List<Long> delivered = new ArrayList<>();
      List<Slow> workers = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        workers.add(new Slow(delivered, new Random(7L * seed + i), 60));
      }
      read(workers, SEVEN);
      assertTrue(expected.equals(delivered), "order of seed " + seed);
    }
  }

  private static void assertSameBytes(ConvertOptions options, String name) throws IOException {
    Path reference = folder.resolve(name);
    assertTrue(Conversions.convert(bam, reference, options).batches() > 20);
    for (int run = 1; run <= 20; run++) {
      Path again = folder.resolve("again.arrow");
      Conversions.convert(bam, again, options.withMachine(SEVEN));
      assertEquals(-1, Files.mismatch(reference, again), "run " + run);
      Files.delete(again);
    }
  }

  private static void read(List<Slow> workers, MachineOptions machine) throws IOException {
    ConvertOptions options = Conversions.WHOLE.withBatches(Conversions.SMALL).withMachine(machine);
    try (Conversion conversion =
            new Conversion(List.of(ByteSources.open(bam.toString())), options);
        RecordPipeline reader = conversion.newPipeline(workers)) {
      if (workers.size() == 1) {
        reader.runHere();
      } else {
        reader.start(() -> {});
        reader.await();
      }
    }
  }

  /** Yields a random number of times in each step; lists virtual offsets as they are delivered. */
  private static final class Slow implements SliceHandler {
    private final List<Long> delivered;
    private final Random random;
    private final int yields;
    private final List<Long> mine = new ArrayList<>();

    /**
     * @param delivered shared by all workers: the turn to deliver is what guards it
     */
    Slow(List<Long> delivered, Random random, int yields) {
      this.delivered = delivered;
      this.random = random;
      this.yields = yields;
    }

    private void delay() {
      for (int left = yields == 0 ? 0 : random.nextInt(yields); left > 0; left--) {
        Thread.yield();
      }
    }

    @Override
    public void handle(RecordSlice slice) {
      delay();
      for (int row = 0; row < slice.count(); row++) {
        mine.add(slice.virtualOffset(row));
      }
    }

    @Override
    public void deliver() {
      delay();
      delivered.addAll(mine);
      mine.clear();
      delay();
    }

    @Override
    public void complete() {
      delay();
    }
  }
}
