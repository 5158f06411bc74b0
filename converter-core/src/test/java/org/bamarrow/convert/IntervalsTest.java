package org.bamarrow.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalsTest {
  private static final int RANGE = 60;

  @Test
  void agreesWithABitSet() {
    Random random = new Random(31);
    for (int i = 0; i < 2000; i++) {
      BitSet a = new BitSet();
      BitSet b = new BitSet();
      Intervals one = any(random, a);
      Intervals two = any(random, b);
      assertEquals(of(a), one);
      BitSet both = (BitSet) a.clone();
      both.and(b);
      assertEquals(of(both), one.intersection(two));
      BitSet either = (BitSet) a.clone();
      either.or(b);
      assertEquals(of(either), one.union(two));
      for (int number = 0; number <= RANGE; number++) {
        assertEquals(a.get(number), one.contains(number));
      }
    }
  }

  @Test
  void clipsToItsRange() {
    assertEquals(Intervals.ALL, Intervals.of(Long.MIN_VALUE, Long.MAX_VALUE));
    assertEquals(Intervals.EMPTY, Intervals.of(-5, -1));
    assertEquals(Intervals.EMPTY, Intervals.of(5, 4));
    assertEquals("2147483647-2147483647", Intervals.of(Intervals.LAST, 1L << 40).toString());
    assertEquals(Intervals.ALL, Intervals.ALL.union(Intervals.of(3, 4)));
    assertEquals("3-4", Intervals.ALL.intersection(Intervals.of(3, 4)).toString());
  }

  @Test
  void adjacentIntervalsAreMerged() {
    assertEquals(
        "1-6,8-9",
        Intervals.of(4, 6).union(new Intervals.Builder().add(8, 9).add(1, 3).build()).toString());
  }

  @Test
  void manyInAnyOrderAreMerged() {
    Random random = new Random(5);
    Intervals.Builder builder = new Intervals.Builder();
    BitSet bits = new BitSet();
    for (int i = 0; i < 10_000; i++) {
      int first = random.nextInt(100_000);
      int last = first + random.nextInt(8);
      builder.add(first, last);
      bits.set(first, last + 1);
      builder.add(7, 7);
      bits.set(7);
    }
    assertEquals(of(bits), builder.build());
  }

  private static Intervals any(Random random, BitSet bits) {
    Intervals.Builder builder = new Intervals.Builder();
    for (int i = random.nextInt(6); i > 0; i--) {
      int first = random.nextInt(RANGE) - 5;
      int last = first + random.nextInt(12) - 2;
      builder.add(first, last);
      if (last >= Math.max(0, first)) {
        bits.set(Math.max(0, first), last + 1);
      }
    }
    return builder.build();
  }

  private static Intervals of(BitSet bits) {
    Intervals.Builder builder = new Intervals.Builder();
    bits.stream().forEach(number -> builder.add(number, number));
    return builder.build();
  }
}
