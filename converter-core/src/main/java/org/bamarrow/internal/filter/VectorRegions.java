package org.bamarrow.internal.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bamarrow.convert.Intervals;
import org.bamarrow.convert.Regions;
import org.bamarrow.internal.base.ByteStringSet;

/**
 * Keeps the rows that overlap regions, as {@link RegionFilter} does with records. A row without
 * {@code pos} is at position 0 only, since Arrow data have no {@code end} for it.
 */
final class VectorRegions extends VectorNode.ByRow {
  private final VectorText rname;
  private final VectorNumbers.Integers pos;
  private final VectorNumbers.Integers end;
  private final int toOneBased;
  private final boolean unplaced;
  private final ByteStringSet names;
  private final List<Intervals> intervals = new ArrayList<>(); // by index of the name

  /** The name of the row before, since rows are often sorted; and its intervals. */
  private byte[] before = {};

  private Intervals wanted;

  VectorRegions(Regions regions, VectorCompiler compiler, boolean zeroBased) {
    rname = (VectorText) compiler.column(RawField.of(RawField.Column.RNAME));
    pos = integers(compiler, RawField.Column.POS, zeroBased);
    end = integers(compiler, RawField.Column.END, zeroBased);
    toOneBased = zeroBased ? 1 : 0;
    unplaced = regions.unplaced();
    names = ByteStringSet.of(regions.references());
    names.forEach(name -> intervals.add(regions.on(name)));
    wanted = on(before, 0, 0);
  }

  private static VectorNumbers.Integers integers(
      VectorCompiler compiler, RawField.Column column, boolean zeroBased) {
    return (VectorNumbers.Integers) compiler.column(new RawField(column, zeroBased, null));
  }

  @Override
  void start(int last) {
    rname.start(last);
  }

  @Override
  boolean keeps(int row) {
    if (!rname.isValid(row)) {
      return unplaced;
    }
    rname.at(row);
    if (!Arrays.equals(rname.data, rname.from, rname.to, before, 0, before.length)) {
      before = Arrays.copyOfRange(rname.data, rname.from, rname.to);
      wanted = on(before, 0, before.length);
    }
    long first = pos.isValid(row) ? pos.get(row) + toOneBased : 0;
    int position = (int) Math.max(0, Math.min(Intervals.LAST, first));
    return wanted.touches(position, end.isValid(row) ? end.get(row) : 0);
  }

  private Intervals on(byte[] name, int from, int to) {
    int index = names.indexOf(name, from, to);
    return index < 0 ? Intervals.EMPTY : intervals.get(index);
  }
}
