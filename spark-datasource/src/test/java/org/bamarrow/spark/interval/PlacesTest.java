package org.bamarrow.spark.interval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.spark.interval.IntervalIndex.Interval;
import org.bamarrow.spark.interval.Places.Place;
import org.junit.jupiter.api.Test;

/** Fewer ranges that contain all intervals; which intervals a read overlaps. */
class PlacesTest {
  private static final int NAMES = 5;

  private static List<Interval> random(Random random, int count) {
    List<Interval> intervals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int first = random.nextInt(10_000);
      intervals.add(
          new Interval("chr" + random.nextInt(NAMES), first, first - 1 + random.nextInt(50), i));
    }
    return intervals;
  }

  @Test
  void placesContainAllIntervalsAndAreFew() {
    Random random = new Random(3);
    for (int max : List.of(1, NAMES, 7, 40, 1000)) {
      List<Interval> intervals = random(random, 300);
      List<Place> places = Places.of(intervals, max);
      assertTrue(places.size() <= Math.max(max, NAMES), places.size() + " of " + max);
      for (Interval interval : intervals) {
        assertTrue(
            places.stream()
                .anyMatch(
                    place ->
                        place.name().equals(interval.name())
                            && place.first() <= interval.first()
                            && place.last() >= interval.last()),
            interval + " in " + places);
      }
    }
  }

  @Test
  void anIntervalToTheLargestNumberIsContained() {
    List<Interval> intervals =
        List.of(
            new Interval("a", 100, Long.MAX_VALUE, 0),
            new Interval("a", 200, 300, 1),
            new Interval("b", 1, 2, 2));
    List<Place> expected = List.of(new Place("a", 100, Long.MAX_VALUE), new Place("b", 1, 2));
    assertEquals(expected, Places.of(intervals, 256));
    assertEquals(expected, Places.of(intervals, 1));
  }

  @Test
  void positionsBeyondIntegersAreComparedAsTheyAre() {
    long far = 3_000_000_000L;
    IntervalJoin join =
        IntervalJoin.of(
            LocalSpark.SESSION.sql(
                "select 'a' as chrom, " + (far - 5) + " as start, " + (far + 5) + " as stop"));
    String reads = "select 'a' as rname, %1$d as pos, %1$d as `end`";
    assertEquals(1, join.join(LocalSpark.SESSION.sql(String.format(reads, far)), "inner").count());
    assertEquals(
        0, join.join(LocalSpark.SESSION.sql(String.format(reads, 7)), "left_semi").count());
  }

  @Test
  void theSmallestGapsAreClosedFirst() {
    List<Interval> intervals =
        List.of(
            new Interval("a", 1, 10, 0),
            new Interval("a", 11, 20, 1),
            new Interval("a", 30, 40, 2),
            new Interval("a", 1000, 1010, 3),
            new Interval("b", 5, 6, 4));
    assertEquals(
        List.of(
            new Place("a", 1, 20),
            new Place("a", 30, 40),
            new Place("a", 1000, 1010),
            new Place("b", 5, 6)),
        Places.of(intervals, 4));
    assertEquals(
        List.of(new Place("a", 1, 40), new Place("a", 1000, 1010), new Place("b", 5, 6)),
        Places.of(intervals, 3));
    assertEquals(List.of(new Place("a", 1, 1010), new Place("b", 5, 6)), Places.of(intervals, 1));
    assertEquals(List.of(), Places.of(List.of(), 1));
  }

  @Test
  void theIndexFindsWhatAComparisonWithEachIntervalFinds() {
    Random random = new Random(4);
    for (int zero = 0; zero < 2; zero++) {
      List<Interval> intervals = random(random, 400);
      IntervalIndex index = new IntervalIndex(intervals, zero == 1);
      for (int i = 0; i < 2000; i++) {
        String name = "chr" + random.nextInt(NAMES + 1);
        int pos = random.nextInt(10_200) - 100;
        long end = pos + random.nextInt(200) - 2;
        int first = pos + zero;
        Set<Integer> expected =
            intervals.stream()
                .filter(each -> each.name().equals(name))
                .filter(each -> first <= each.last() && end >= each.first())
                .map(Interval::row)
                .collect(Collectors.toSet());
        int[] found = index.overlapped(name, pos, end);
        assertEquals(expected, IntStream.of(found).boxed().collect(Collectors.toSet()));
        assertEquals(expected.size(), found.length);
        assertEquals(!expected.isEmpty(), index.overlaps(name, pos, end));
      }
      assertEquals(0, index.overlapped(null, 1, 1).length);
      assertEquals(0, index.overlapped("chr1", null, 20_000).length);
      assertEquals(false, index.overlaps("chr1", 1, null));
    }
  }
}
