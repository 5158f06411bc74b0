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
 * OR of many conditions that each apply to few positions, such as a list of regions: only the
 * conditions whose intervals a record overlaps are evaluated.
 */
final class IndexedOr extends Node.Connective {
  /** Minimum number of conditions for which the interval index pays off. */
  static final int MIN_CONDITIONS = 8;

  private final List<RawPredicate> predicates;
  private final List<Node> nodes;
  private final CigarView cigar = new CigarView();
  private BamHeader header;

  /** Conditions that may be true at any position. */
  private List<Node> anywhere;

  /** The other conditions, by groups of references. */
  private Map<Intervals, IntervalTree> groups;

  /** The number of the reference in the groups, by refID; the last entry is for no reference. */
  private int[] numbers;

  /**
   * The trees of the groups of a reference, by refID; the last entry is for no reference; null: not
   * computed yet.
   */
  private IntervalTree[][] ofReference;

  /**
   * @param predicates the conditions
   * @param nodes the compiled conditions, in the same order
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
    return acceptsByPosition(slice, row) || accepts(anywhere, slice, row);
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

  private boolean acceptsByPosition(RecordSlice slice, int row) throws BamFormatException {
    IntervalTree[] placed =
        of(LittleEndian.int32(slice.data(), slice.start(row) + RecordLayout.REF_ID));
    if (placed.length == 0) {
      return false;
    }
    int first = RegionFilter.firstPosition(slice, row);
    long last = lastPosition(slice, row);
    for (IntervalTree nodes : placed) {
      if (nodes.accepts(first, last, slice, row)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The last base, or the maximum if the CIGAR is invalid: conditions on END then report the error.
   */
  private long lastPosition(RecordSlice slice, int row) {
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
      Map<Intervals, Intervals> intervals = regions.intervals(predicates.get(i));
      if (regions.isEverywhere(intervals)) {
        anywhere.add(node);
      } else {
        intervals.forEach(
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
