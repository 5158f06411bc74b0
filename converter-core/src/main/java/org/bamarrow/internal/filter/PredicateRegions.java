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
 * Derives regions from a predicate. For each part of it and both outcomes, true and false, it
 * computes boxes (references x positions x ends) such that every record with that outcome is in one
 * of them. NOT swaps the outcomes, so predicates need not be rewritten.
 */
public final class PredicateRegions {
  /** Above this number of boxes or pairs of intervals they are simplified to fewer, larger ones. */
  private static final long MAX_PAIRS = 100_000;

  /** Maximum number of pairs of boxes for one AND, or one OR below a NOT. */
  private static final long MAX_TOTAL_PAIRS = 5 * MAX_PAIRS;

  private static final Intervals ALL = Intervals.ALL;

  /**
   * Records on one of these references (indices of names; the index after the last means no
   * reference) with pos and end in these intervals; 0 stands for null and for values that are not
   * positive.
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

  /** The names of a header by the id; null if these are not those of a header. */
  private final List<String> byId;

  private final Box everything;

  /** The references for conditions on RNAME and RID, which are often repeated in a predicate. */
  private final Map<LeafOutcome, Intervals> referencesByLeaf = new HashMap<>();

  private record LeafOutcome(Leaf leaf, boolean outcome) {}

  /**
   * Regions that contain all records for which a predicate is true, and possibly others. Derived
   * from conditions on {@code rname}, {@code rid}, {@code pos} and {@code end}.
   *
   * @param references references of all files that are read
   */
  public static Regions of(RawPredicate predicate, List<Reference> references) {
    return new PredicateRegions(references).of(predicate);
  }

  /**
   * @param references those of a header
   */
  PredicateRegions(List<Reference> references) {
    this(references.stream().map(Reference::name).toList(), true);
  }

  /**
   * @param given names of references
   * @param header whether they are all those of a header, so that the ids of records are known
   */
  PredicateRegions(List<String> given, boolean header) {
    byId = header ? given : null;
    references = given.stream().distinct().toList();
    names = this.references.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toList();
    this.references.forEach(name -> numbers.put(name, numbers.size()));
    everything = new Box(Intervals.of(0, names.size()), Intervals.ALL, Intervals.ALL);
  }

  private Regions of(RawPredicate predicate) {
    Map<Intervals, Intervals> byGroup = intervals(predicate);
    if (isEverywhere(byGroup)) {
      return Regions.ALL;
    }
    Map<String, Intervals> regions = new HashMap<>();
    byGroup.forEach(
        (group, intervals) -> {
          for (int i = 0; i < group.size(); i++) {
            int last = Math.min(group.last(i), names.size() - 1);
            for (int reference = group.first(i); reference <= last; reference++) {
              regions.merge(references.get(reference), intervals, Intervals::union);
            }
          }
        });
    return Regions.of(
        regions, byGroup.keySet().stream().anyMatch(group -> group.contains(names.size())));
  }

  /**
   * Intervals that every record for which the predicate is true overlaps, by groups of references,
   * which are sets of {@link #number}s.
   */
  Map<Intervals, Intervals> intervals(RawPredicate predicate) {
    Map<Intervals, Intervals.Builder> builders = new LinkedHashMap<>();
    for (Box box : boxes(predicate, true)) {
      addIntervals(box, builders.computeIfAbsent(box.references, any -> new Intervals.Builder()));
    }
    Map<Intervals, Intervals> intervals = new LinkedHashMap<>();
    builders.forEach((group, builder) -> intervals.put(group, builder.build()));
    return intervals;
  }

  /** Whether such intervals are all positions of all references. */
  boolean isEverywhere(Map<Intervals, Intervals> intervals) {
    return ALL.equals(intervals.get(everything.references));
  }

  /**
   * The number of a reference in groups of references.
   *
   * @param name null for no reference
   */
  int number(String name) {
    return name == null ? names.size() : numbers.get(name);
  }

  /** Adds intervals that every record of the box overlaps. */
  private static void addIntervals(Box box, Intervals.Builder intervals) {
    Intervals starts = box.pos;
    if (box.pos.contains(0) && box.end.contains(0)) {
      intervals.add(0, 0);
      starts = starts.intersection(Intervals.of(1, Intervals.LAST));
    } // otherwise a record that starts at 0 ends at a base and covers the bases before it
    Intervals ends = box.end.intersection(Intervals.of(1, Intervals.LAST));
    if ((long) starts.size() * ends.size() > MAX_PAIRS) {
      intervals.add(starts).add(starts.contains(0) ? Intervals.ALL : Intervals.EMPTY);
      return;
    }
    for (int i = 0; i < starts.size(); i++) {
      for (int j = ends.from(starts.first(i)); j < ends.size(); j++) {
        // A record that starts in [a, b] and ends in [c, d] overlaps their intersection; if
        // c > b it covers all bases from b to c, so one of them is enough.
        int first = Math.max(starts.first(i), ends.first(j));
        int last = Math.min(starts.last(i), ends.last(j));
        intervals.add(first, Math.max(first, last));
      }
    }
  }

  private List<Box> boxes(RawPredicate predicate, boolean outcome) {
    if (predicate instanceof Constant constant) {
      return constant.value() != null && constant.value() == outcome
          ? List.of(everything)
          : List.of();
    }
    if (predicate instanceof Not not) {
      return boxes(not.child(), !outcome);
    }
    if (predicate instanceof And and) {
      return connective(and.children(), outcome, outcome);
    }
    if (predicate instanceof Or or) {
      return connective(or.children(), outcome, !outcome);
    }
    Box box = box((Leaf) predicate, outcome);
    return box.isEmpty() ? List.of() : List.of(box);
  }

  /**
   * @param all whether all children must have that outcome, or one of them
   */
  private List<Box> connective(List<RawPredicate> children, boolean outcome, boolean all) {
    if (all) {
      return intersection(children.stream().map(child -> boxes(child, outcome)).toList());
    }
    List<Box> boxes = new ArrayList<>();
    for (RawPredicate child : children) {
      boxes.addAll(boxes(child, outcome));
    }
    return merged(boxes);
  }

  /**
   * Boxes for the intersection of the lists. Lists that would take too long, the longest first, are
   * ignored, which makes the boxes larger.
   */
  private List<Box> intersection(List<List<Box>> lists) {
    List<Box> boxes = List.of(everything);
    long work = 0;
    for (List<Box> list : lists.stream().sorted(Comparator.comparingInt(List::size)).toList()) {
      work += Math.min(MAX_PAIRS, (long) boxes.size() * list.size());
      if (work > MAX_TOTAL_PAIRS) {
        break;
      }
      boxes = pairs(boxes, list);
    }
    return boxes;
  }

  private static List<Box> pairs(List<Box> some, List<Box> others) {
    if ((long) some.size() * others.size() > MAX_PAIRS) {
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
    return merged(pairs);
  }

  /** The bounding box of all boxes. */
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

  /** Fewer boxes with the same records: boxes that differ in one dimension only are merged. */
  private static List<Box> merged(List<Box> boxes) {
    List<Box> merged = boxes;
    merged = mergedBy(merged, box -> new Box(box.references, Intervals.EMPTY, box.end));
    merged = mergedBy(merged, box -> new Box(box.references, box.pos, Intervals.EMPTY));
    return mergedBy(merged, box -> new Box(Intervals.EMPTY, box.pos, box.end));
  }

  private static List<Box> mergedBy(List<Box> boxes, Function<Box, Box> key) {
    Map<Box, List<Box>> same = new LinkedHashMap<>();
    boxes.forEach(box -> same.computeIfAbsent(key.apply(box), any -> new ArrayList<>()).add(box));
    return same.values().stream().map(PredicateRegions::hull).toList();
  }

  private Box box(Leaf leaf, boolean outcome) {
    Column column = leaf.field().column();
    if (column == Column.RNAME || column == Column.RID && byId != null) {
      Intervals on =
          referencesByLeaf.computeIfAbsent(new LeafOutcome(leaf, outcome), this::references);
      return new Box(on, ALL, ALL);
    }
    if (column == Column.POS || column == Column.END) {
      Intervals intervals = LeafIntervals.of(leaf, outcome);
      return column == Column.POS
          ? new Box(everything.references, intervals, ALL)
          : new Box(everything.references, ALL, intervals);
    }
    return everything;
  }

  private Intervals references(LeafOutcome key) {
    return key.leaf.field().column() == Column.RID
        ? LeafReferences.ofIds(
            key.leaf, key.outcome, byId.size(), id -> number(byId.get(id)), names)
        : LeafReferences.ofNames(key.leaf, key.outcome, names);
  }
}
