package org.bamarrow.spark.interval;

import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.bamarrow.spark.interval.IntervalIndex.Interval;

/**
 * A bounded number of ranges that contain all intervals, as a condition on the reads that the scan
 * can use. Overlapping intervals become one, and then those with the smallest gaps between them.
 */
final class Places {
  /** Positions of a reference; both 1-based and inclusive. */
  record Place(String name, long first, long last) {}

  private Places() {}

  /** At most so many places, or one for each reference name if these are more. */
  static List<Place> of(List<Interval> intervals, int max) {
    Map<String, List<Interval>> byName = new TreeMap<>();
    intervals.forEach(
        each -> byName.computeIfAbsent(each.name(), any -> new ArrayList<>()).add(each));
    List<Place> places = new ArrayList<>();
    byName.forEach((name, some) -> addUnion(name, some, places));
    BitSet closed = closed(places, places.size() - max);
    List<Place> merged = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      if (closed.get(i)) {
        place = new Place(place.name, merged.remove(merged.size() - 1).first, place.last);
      }
      merged.add(place);
    }
    return merged;
  }

  private static void addUnion(String name, List<Interval> intervals, List<Place> places) {
    long first = 0;
    long last = Long.MIN_VALUE;
    for (Interval next :
        intervals.stream().sorted(Comparator.comparingLong(Interval::first)).toList()) {
      if (last != Long.MIN_VALUE && next.first() - 1 > last) { // last may be the largest number
        places.add(new Place(name, first, last));
        last = Long.MIN_VALUE;
      }
      first = last == Long.MIN_VALUE ? next.first() : first;
      last = Math.max(last, next.last());
    }
    places.add(new Place(name, first, last));
  }

  /**
   * The places that become one with those before them.
   *
   * @param count how many, if there are as many on the same references
   */
  private static BitSet closed(List<Place> places, int count) {
    BitSet closed = new BitSet();
    IntStream.range(1, places.size())
        .filter(i -> places.get(i).name.equals(places.get(i - 1).name))
        .boxed()
        .sorted(Comparator.comparingLong(i -> places.get(i).first - places.get(i - 1).last))
        .limit(Math.max(0, count))
        .forEach(closed::set);
    return closed;
  }

  /**
   * True for every read that overlaps one of the intervals.
   *
   * @param max of more places only the reference names are left
   * @param reads the columns with name, first and last position
   */
  static Column condition(List<Place> places, int max, Column[] reads, boolean zeroBasedReads) {
    if (places.isEmpty()) {
      return lit(false);
    }
    if (places.size() > max) {
      return reads[0].isin(places.stream().map(Place::name).distinct().toArray());
    }
    int toStored = zeroBasedReads ? 1 : 0;
    List<Column> any = new ArrayList<>();
    for (Place place : places) {
      any.add(
          reads[0]
              .equalTo(place.name)
              .and(reads[1].leq(position(place.last - toStored)))
              .and(reads[2].geq(position(place.first))));
    }
    return any(any);
  }

  /** A balanced tree: Spark follows it by recursion. */
  private static Column any(List<Column> conditions) {
    int half = conditions.size() / 2;
    return half == 0
        ? conditions.get(0)
        : any(conditions.subList(0, half)).or(any(conditions.subList(half, conditions.size())));
  }

  /** An integer if it is one: a long would be compared with a cast column. */
  private static Object position(long value) {
    return value == (int) value ? (Object) (int) value : (Object) value;
  }
}
