package org.bamarrow.internal.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bamarrow.convert.Intervals;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.CigarView;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.io.BamFormatException;

/**
 * OR of many conditions, each on a place or few, as a list of regions gives it: of a record only
 * those are asked whose places it touches.
 */
final class IndexedOr extends Node.Several {
  /** From so many on, sorting them by their places pays. */
  static final int MANY = 8;

  private final List<RawPredicate> predicates;
  private final List<Node> nodes;
  private final CigarView cigar = new CigarView();
  private BamHeader header;

  /** What may be true anywhere. */
  private List<Node> anywhere;

  /** The others, by groups of references. */
  private Map<Intervals, IntervalTree> groups;

  /** The reference's number in groups, by refID, and at the end that of none. */
  private int[] numbers;

  /** By refID, and at the end of none, those of its groups; null: not asked for yet. */
  private IntervalTree[][] ofReference;

  /**
   * @param predicates the conditions
   * @param nodes made of them, in the same order
   */
  IndexedOr(List<RawPredicate> predicates, List<Node> nodes) {
    super(nodes, TRUE);
    this.predicates = predicates;
    this.nodes = nodes;
  }

  @Override
  boolean accepts(RecordSlice slice, int row) throws BamFormatException {
    if (header != slice.header()) {
      sort(slice.header());
    }
    return acceptsPlaced(slice, row) || accepts(anywhere, slice, row);
  }

  private static boolean accepts(List<Node> any, RecordSlice slice, int row)
      throws BamFormatException {
    for (Node node : any) {
      if (node.accepts(slice, row)) {
        return true;
      }
    }
    return false;
  }

  private boolean acceptsPlaced(RecordSlice slice, int row) throws BamFormatException {
    IntervalTree[] placed =
        of(LittleEndian.int32(slice.data(), slice.start(row) + RecordLayout.REF_ID));
    if (placed.length == 0) {
      return false;
    }
    int first = RegionFilter.firstPlace(slice, row);
    long last = lastPlace(slice, row);
    for (IntervalTree nodes : placed) {
      if (nodes.accepts(first, last, slice, row)) {
        return true;
      }
    }
    return false;
  }

  /** Where the CIGAR does not tell, as far as can be: conditions on END then fail by themselves. */
  private long lastPlace(RecordSlice slice, int row) {
    try {
      return cigar.end(slice, row);
    } catch (BamFormatException e) {
      return Intervals.LAST;
    }
  }

  private IntervalTree[] of(int id) {
    int at = id < 0 ? ofReference.length - 1 : id;
    if (ofReference[at] == null) {
      int number = numbers[at];
      ofReference[at] =
          groups.entrySet().stream()
              .filter(group -> group.getKey().contains(number))
              .map(Map.Entry::getValue)
              .toArray(IntervalTree[]::new);
    }
    return ofReference[at];
  }

  private void sort(BamHeader to) {
    PredicateRegions regions = new PredicateRegions(to.references());
    Map<Intervals, IntervalTree.Builder> builders = new LinkedHashMap<>();
    anywhere = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      Map<Intervals, Intervals> places = regions.places(predicates.get(i));
      if (regions.isEverywhere(places)) {
        anywhere.add(node);
      } else {
        places.forEach(
            (group, on) ->
                builders.computeIfAbsent(group, any -> new IntervalTree.Builder()).add(on, node));
      }
    }
    groups = new LinkedHashMap<>();
    builders.forEach((group, builder) -> groups.put(group, builder.build()));
    int references = to.references().size();
    numbers = new int[references + 1];
    for (int id = 0; id <= references; id++) {
      numbers[id] = regions.number(id == references ? null : to.references().get(id).name());
    }
    ofReference = new IntervalTree[references + 1][];
    header = to;
  }
}
