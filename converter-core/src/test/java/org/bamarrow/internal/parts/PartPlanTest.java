package org.bamarrow.internal.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.bamarrow.parts.PartSize;
import org.junit.jupiter.api.Test;

class PartPlanTest {
  private static final long GRID = 100;

  /** Every input's splits join from 0 to its end, on the grid. */
  private static void assertJoin(List<Long> sizes, List<PartInput> parts) {
    int input = 0;
    long at = 0;
    for (PartInput part : parts) {
      if (part.input() != input) {
        assertEquals(sizes.get(input), at);
        input++;
        at = 0;
      }
      assertEquals(input, part.input());
      assertEquals(at, part.split().begin());
      assertEquals(0, at % GRID);
      at = part.split().end();
    }
    assertEquals(sizes.size() - 1, input);
    assertEquals(sizes.get(input), at);
  }

  @Test
  void soManyPartsAsAskedForOverInputsBySize() {
    List<Long> sizes = List.of(10_001L, 0L, 70_000L, 333L);
    for (int count : new int[] {4, 7, 50}) {
      List<PartInput> parts = PartPlan.byCount(sizes, count, GRID);
      assertJoin(sizes, parts);
      assertEquals(count, parts.size());
    }
    List<PartInput> nine = PartPlan.byCount(List.of(100_000L, 800_000L), 9, GRID);
    assertEquals(1, nine.stream().filter(part -> part.input() == 0).count());
  }

  @Test
  void shortInputsGiveFewerParts() {
    List<PartInput> parts = PartPlan.byCount(List.of(250L), 50, GRID);
    assertJoin(List.of(250L), parts);
    assertTrue(parts.size() <= 3, parts.toString());
  }

  @Test
  void partsHaveAboutTheSizeAskedFor() {
    List<Long> sizes = List.of(100_000L, 1_234L);
    List<PartInput> parts = PartPlan.bySize(sizes, 10_000, GRID);
    assertJoin(sizes, parts);
    assertEquals(11, parts.size());
  }

  @Test
  void theSizeOfPartsSaysHowInputsAreCut() {
    List<Long> sizes = List.of(100_000L, 1_234L);
    assertEquals(
        PartPlan.bySize(sizes, 10_000, GRID),
        PartPlan.of(PartSize.bytes(10_000)).plan(sizes, GRID));
    assertEquals(
        PartPlan.byCount(sizes, 5, GRID), PartPlan.of(PartSize.count(5)).plan(sizes, GRID));
    List<Long> large = List.of(1L << 30);
    assertEquals(8, PartPlan.of(PartSize.DEFAULT).plan(large, GRID).size());
  }

  @Test
  void fewerPartsThanInputsAreRefused() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> PartPlan.byCount(List.of(1L, 2L, 3L), 2, GRID));
    assertEquals(
        "2 parts of 3 inputs: a part holds records of one input, so at least 3 are needed",
        error.getMessage());
  }
}
