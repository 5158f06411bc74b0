package org.bamarrow.internal.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bamarrow.internal.parts.PartWaves.Task;
import org.bamarrow.parts.Part;
import org.junit.jupiter.api.Test;

class PartWavesTest {
  private int written;

  /** Runs all waves over parts of so many rows; the rows of the parts that count. */
  private List<Long> run(long limit, long... rows) {
    PartWaves waves = new PartWaves(rows.length, limit);
    written = 0;
    List<Task> wave;
    while (!(wave = waves.next()).isEmpty()) {
      for (Task task : wave) {
        long all = rows[task.number()];
        long got = task.limit() < 0 ? all : Math.min(all, task.limit());
        Part part = new Part("" + task.number(), got, got, 1, "", List.of(), null);
        waves.done(task, new PartResult(new WrittenPart(part, null), 1, null));
        written++;
        assertTrue(written < 10_000, "no end");
      }
    }
    List<PartResult> results = waves.results();
    for (int i = 0; i < results.size(); i++) {
      assertEquals("" + i, results.get(i).part().name());
    }
    return results.stream().map(result -> result.part().rows()).toList();
  }

  @Test
  void withoutALimitAllPartsAreOneWave() {
    assertEquals(3, new PartWaves(3, -1).next().size());
    assertEquals(List.of(5L, 0L, 7L), run(-1, 5, 0, 7));
    assertEquals(3, written);
  }

  @Test
  void theFirstRowsOfAllComeExactly() {
    assertEquals(List.of(4L), run(4, 10, 10, 10));
    assertEquals(List.of(10L), run(10, 10, 10, 10));
    assertEquals(List.of(10L, 1L), run(11, 10, 10, 10));
    assertEquals(List.of(0L, 0L, 3L), run(3, 0, 0, 10));
    assertEquals(List.of(10L, 10L, 5L), run(25, 10, 10, 10, 10, 10));
  }

  @Test
  void aLimitOfNothingIsOnePartWithoutRows() {
    assertEquals(List.of(0L), run(0, 10, 10));
  }

  @Test
  void aLimitPastTheEndGivesAll() {
    assertEquals(List.of(1L, 2L, 0L), run(100, 1, 2, 0));
  }

  @Test
  void anySizesAndLimitsGiveTheFirstRows() {
    Random random = new Random(1);
    for (int round = 0; round < 1000; round++) {
      long[] rows = random.longs(1 + random.nextInt(40), 0, 30).toArray();
      long limit = random.nextInt(300);
      List<Long> expected = new ArrayList<>();
      long left = limit;
      for (int i = 0; i < rows.length && (left > 0 || i == 0); i++) {
        expected.add(Math.min(left, rows[i]));
        left -= Math.min(left, rows[i]);
      }
      assertEquals(expected, run(limit, rows), () -> limit + " of " + Arrays.toString(rows));
    }
  }

  @Test
  void aSmallLimitDoesNotWriteManyParts() {
    long[] full = new long[1000];
    Arrays.fill(full, 100);
    run(10, full);
    assertEquals(1, written);
    run(250, full);
    assertTrue(written <= 6, "" + written);
  }
}
