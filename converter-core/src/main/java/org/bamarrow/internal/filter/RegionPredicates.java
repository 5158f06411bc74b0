package org.bamarrow.internal.filter;

import java.util.ArrayList;
import java.util.List;
import org.bamarrow.convert.Intervals;
import org.bamarrow.convert.Regions;
import org.bamarrow.internal.filter.RawField.Column;
import org.bamarrow.internal.filter.RawPredicate.And;
import org.bamarrow.internal.filter.RawPredicate.IntegerCompare;
import org.bamarrow.internal.filter.RawPredicate.IsNull;
import org.bamarrow.internal.filter.RawPredicate.Or;
import org.bamarrow.internal.filter.RawPredicate.TextCompare;

/** Regions as predicates on {@code rname}, {@code pos} and {@code end}. */
final class RegionPredicates {
  private static final RawField RNAME = RawField.of(Column.RNAME);
  private static final RawField END = RawField.of(Column.END);

  private final RawField pos;
  private final int toStored;

  private RegionPredicates(boolean zeroBased) {
    pos = new RawField(Column.POS, zeroBased, null);
    toStored = zeroBased ? -1 : 0;
  }

  /**
   * A predicate that is true for the rows that overlap the regions. A row without {@code pos} is at
   * position 0 only.
   *
   * @param maxIntervals of a reference with more intervals, all positions from the first to the
   *     last count as one, so that the predicate is true for further rows
   */
  static RawPredicate of(Regions regions, int maxIntervals, boolean zeroBased) {
    return new RegionPredicates(zeroBased).of(regions, maxIntervals);
  }

  private RawPredicate of(Regions regions, int maxIntervals) {
    if (regions.isAll()) {
      return RawPredicate.TRUE;
    }
    List<RawPredicate> any = new ArrayList<>();
    for (String name : regions.references()) {
      Intervals on = regions.on(name);
      if (on.size() > maxIntervals) {
        on = Intervals.of(on.first(0), on.last(on.size() - 1));
      }
      List<RawPredicate> places = new ArrayList<>();
      for (int i = 0; i < on.size(); i++) {
        places.add(overlaps(on.first(i), on.last(i)));
      }
      any.add(new And(new TextCompare(RNAME, Operator.EQUAL, name), new Or(places)));
    }
    if (regions.unplaced()) {
      any.add(new IsNull(RNAME));
    }
    return new Or(any);
  }

  /** Overlaps 1-based positions; {@link Intervals#LAST} includes all beyond it. */
  private RawPredicate overlaps(int first, int last) {
    RawPredicate startsBefore =
        last == Intervals.LAST
            ? RawPredicate.TRUE
            : new Or(
                new IsNull(pos),
                new IntegerCompare(pos, Operator.LESS_OR_EQUAL, (long) last + toStored));
    if (first == 0) {
      return startsBefore;
    }
    return new And(
        startsBefore,
        new Or(
            new IntegerCompare(pos, Operator.GREATER_OR_EQUAL, (long) first + toStored),
            new IntegerCompare(END, Operator.GREATER_OR_EQUAL, first)));
  }
}
