package org.bamarrow.internal.filter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bamarrow.convert.Intervals;
import org.bamarrow.convert.Regions;
import org.bamarrow.internal.bam.BamHeader.Reference;
import org.bamarrow.internal.filter.RawField.Column;
import org.bamarrow.internal.filter.RawPredicate.And;
import org.bamarrow.internal.filter.RawPredicate.Constant;
import org.bamarrow.internal.filter.RawPredicate.Leaf;
import org.bamarrow.internal.filter.RawPredicate.Not;
import org.bamarrow.internal.filter.RawPredicate.Or;

/**
 * Draws regions from a predicate. For each part of it and for both answers, true and false, it
 * keeps boxes (references x positions x ends) so that every record with that answer is in one of
 * them. NOT swaps the answers, so nothing needs to be rewritten.
 */
public final class PredicateRegions {
  /** More boxes or pairs of intervals than that are simplified to fewer, larger ones. */
  private static final long MOST = 100_000;

  /** Most pairs of boxes for the parts of one AND, or of one OR below a NOT. */
  private static final long MOST_IN_ALL = 5 * MOST;

  private static final Intervals ALL = Intervals.ALL;

  /**
   * Records on one of these references (by their place among the names; behind the last: without a
   * reference) with pos and end as told, as places: 0 for null and for what is not positive.
   */
  private record Box(Intervals references, Intervals pos, Intervals end) {
    boolean isEmpty() {
      return references.isEmpty() || pos.isEmpty() || end.isEmpty();
    }

    Box intersection(Box other) {
      return new Box(
          references.intersection(other.references),
          pos.intersection(other.pos),
          end.intersection(other.end));
    }
  }

  private final List<byte[]> names;
  private final List<String> references;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Box everything;

  /** What conditions on RNAME say of the references: many parts of a predicate ask the same. */
  private final Map<Asked, Intervals> asked = new HashMap<>();

  private record Asked(Leaf leaf, boolean answer) {}

  /**
   * Where the records lie for which a predicate is true: none lies outside, but not all that lie
   * inside satisfy it. Drawn from conditions on {@code rname}, {@code pos} and {@code end}.
   *
   * @param references of all files that are read
   */
  public static Regions of(RawPredicate predicate, List<Reference> references) {
    return new PredicateRegions(references).of(predicate);
  }

  PredicateRegions(List<Reference> references) {
    this.references = references.stream().map(Reference::name).distinct().toList();
    names = this.references.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toList();
    this.references.forEach(name -> numbers.put(name, numbers.size()));
    everything = new Box(Intervals.of(0, names.size()), Intervals.ALL, Intervals.ALL);
  }

  private Regions of(RawPredicate predicate) {
    Map<Intervals, Intervals> places = places(predicate);
    if (isEverywhere(places)) {
      return Regions.ALL;
    }
    Map<String, Intervals> regions = new HashMap<>();
    places.forEach(
        (group, intervals) -> {
          for (int i = 0; i < group.size(); i++) {
            int last = Math.min(group.last(i), names.size() - 1);
            for (int reference = group.first(i); reference <= last; reference++) {
              regions.merge(references.get(reference), intervals, Intervals::union);
            }
          }
        });
    return Regions.of(
        regions, places.keySet().stream().anyMatch(group -> group.contains(names.size())));
  }

  /**
   * Places such that every record for which the predicate is true lies in one of them, for groups
   * of references as {@link #number} tells them.
   */
  Map<Intervals, Intervals> places(RawPredicate predicate) {
    Map<Intervals, Intervals.Builder> builders = new LinkedHashMap<>();
    for (Box box : boxes(predicate, true)) {
      addPlaces(box, builders.computeIfAbsent(box.references, any -> new Intervals.Builder()));
    }
    Map<Intervals, Intervals> places = new LinkedHashMap<>();
    builders.forEach((group, builder) -> places.put(group, builder.build()));
    return places;
  }

  /** Whether such places are all that there are. */
  boolean isEverywhere(Map<Intervals, Intervals> places) {
    return ALL.equals(places.get(everything.references));
  }

  /**
   * The number of a reference in groups of them.
   *
   * @param name null: of records without a reference
   */
  int number(String name) {
    return name == null ? names.size() : numbers.get(name);
  }

  /** Places such that every record of the box lies in one. */
  private static void addPlaces(Box box, Intervals.Builder places) {
    Intervals starts = box.pos;
    if (box.pos.contains(0) && box.end.contains(0)) {
      places.add(0, 0);
      starts = starts.intersection(Intervals.of(1, Intervals.LAST));
    } // else a record from 0 on ends on a base and takes up those before
    Intervals ends = box.end.intersection(Intervals.of(1, Intervals.LAST));
    if ((long) starts.size() * ends.size() > MOST) {
      places.add(starts).add(starts.contains(0) ? Intervals.ALL : Intervals.EMPTY);
      return;
    }
    for (int i = 0; i < starts.size(); i++) {
      for (int j = ends.from(starts.first(i)); j < ends.size(); j++) {
        // A record that starts in [a, b] and ends in [c, d] lies in their intersection, and where
        // c > b it covers all from b to c, so one base of those will do.
        int first = Math.max(starts.first(i), ends.first(j));
        int last = Math.min(starts.last(i), ends.last(j));
        places.add(first, Math.max(first, last));
      }
    }
  }

  private List<Box> boxes(RawPredicate predicate, boolean answer) {
    if (predicate instanceof Constant constant) {
      return constant.value() != null && constant.value() == answer
          ? List.of(everything)
          : List.of();
    }
    if (predicate instanceof Not not) {
      return boxes(not.child(), !answer);
    }
    if (predicate instanceof And and) {
      return several(and.children(), answer, answer);
    }
    if (predicate instanceof Or or) {
      return several(or.children(), answer, !answer);
    }
    Box box = box((Leaf) predicate, answer);
    return box.isEmpty() ? List.of() : List.of(box);
  }

  /**
   * @param all whether all children must give that answer, or one of them
   */
  private List<Box> several(List<RawPredicate> children, boolean answer, boolean all) {
    if (all) {
      return together(children.stream().map(child -> boxes(child, answer)).toList());
    }
    List<Box> boxes = new ArrayList<>();
    for (RawPredicate child : children) {
      boxes.addAll(boxes(child, answer));
    }
    return joined(boxes);
  }

  /**
   * Boxes for what lies in one of each list. What would take too long is left out, which leaves the
   * boxes larger: the longest lists first.
   */
  private List<Box> together(List<List<Box>> lists) {
    List<Box> boxes = List.of(everything);
    long work = 0;
    for (List<Box> list : lists.stream().sorted(Comparator.comparingInt(List::size)).toList()) {
      work += Math.min(MOST, (long) boxes.size() * list.size());
      if (work > MOST_IN_ALL) {
        break;
      }
      boxes = pairs(boxes, list);
    }
    return boxes;
  }

  private static List<Box> pairs(List<Box> some, List<Box> others) {
    if ((long) some.size() * others.size() > MOST) {
      return some.size() < others.size()
          ? pairs(List.of(hull(some)), others)
          : pairs(some, List.of(hull(others)));
    }
    List<Box> pairs = new ArrayList<>();
    for (Box one : some) {
      for (Box other : others) {
        Box both = one.intersection(other);
        if (!both.isEmpty()) {
          pairs.add(both);
        }
      }
    }
    return joined(pairs);
  }

  /** One box around all. */
  private static Box hull(List<Box> boxes) {
    if (boxes.size() == 1) {
      return boxes.get(0);
    }
    Intervals.Builder references = new Intervals.Builder();
    Intervals.Builder pos = new Intervals.Builder();
    Intervals.Builder end = new Intervals.Builder();
    for (Box box : boxes) {
      references.add(box.references);
      pos.add(box.pos);
      end.add(box.end);
    }
    return new Box(references.build(), pos.build(), end.build());
  }

  /** Fewer boxes with the same records: those that differ in one way only become one. */
  private static List<Box> joined(List<Box> boxes) {
    List<Box> joined = boxes;
    joined = joinedBy(joined, box -> new Box(box.references, Intervals.EMPTY, box.end));
    joined = joinedBy(joined, box -> new Box(box.references, box.pos, Intervals.EMPTY));
    return joinedBy(joined, box -> new Box(Intervals.EMPTY, box.pos, box.end));
  }

  private static List<Box> joinedBy(List<Box> boxes, Function<Box, Box> key) {
    Map<Box, List<Box>> same = new LinkedHashMap<>();
    boxes.forEach(box -> same.computeIfAbsent(key.apply(box), any -> new ArrayList<>()).add(box));
    return same.values().stream().map(PredicateRegions::hull).toList();
  }

  private Box box(Leaf leaf, boolean answer) {
    Column column = leaf.field().column();
    if (column == Column.RNAME) {
      Intervals on = asked.computeIfAbsent(new Asked(leaf, answer), this::references);
      return new Box(on, ALL, ALL);
    }
    if (column == Column.POS || column == Column.END) {
      Intervals places = LeafIntervals.of(leaf, answer);
      return column == Column.POS
          ? new Box(everything.references, places, ALL)
          : new Box(everything.references, ALL, places);
    }
    return everything;
  }

  private Intervals references(Asked asked) {
    TextTest test = PredicateCompiler.textTest(asked.leaf);
    int outcome = Node.of(asked.answer);
    Intervals.Builder found = new Intervals.Builder();
    for (int i = 0; i < names.size(); i++) {
      byte[] name = names.get(i);
      if (test.evaluate(name, 0, name.length) == outcome) {
        found.add(i, i);
      }
    }
    if (test.onNull() == outcome) {
      found.add(names.size(), names.size());
    }
    return found.build();
  }
}
