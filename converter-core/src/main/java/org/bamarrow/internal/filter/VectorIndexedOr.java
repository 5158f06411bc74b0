package org.bamarrow.internal.filter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bamarrow.convert.Intervals;
import org.bamarrow.internal.filter.RawField.Column;

/**
 * OR of many conditions on {@code pos} and {@code end}, and maybe {@code rname}, such as a list of
 * regions, or of those on one reference. On a batch only those conditions are evaluated that can be
 * true between the first and the last position that its rows cover on a reference: few, if the rows
 * are sorted. For one thread.
 */
final class VectorIndexedOr extends VectorNode {
  /** A batch with more references is not sorted by position. */
  private static final int MAX_REFERENCES = 64;

  /** The index of the rows without a reference. */
  private static final int NONE = MAX_REFERENCES;

  private final List<RawPredicate> predicates;
  private final List<VectorNode> nodes;
  private final VectorText rname;
  private final VectorNumbers.Integers pos;
  private final VectorNumbers.Integers end;
  private final int toOneBased;
  private final RowSelection open = new RowSelection();
  private final RowSelection kept = new RowSelection();

  /** The references of the batches so far. */
  private final List<byte[]> names = new ArrayList<>();

  /** Where each condition can be true, by groups of references; null: not computed yet. */
  private List<Map<Intervals, Intervals>> places;

  /** The positions of the rows of the batch by reference; first > last: no rows. */
  private final int[] first = new int[MAX_REFERENCES + 1];

  private final int[] last = new int[MAX_REFERENCES + 1];

  /**
   * @param predicates the conditions, with leaves on pos and end
   * @param nodes the compiled conditions, in the same order
   * @param zeroBased whether {@code pos} is 0-based
   */
  VectorIndexedOr(
      List<RawPredicate> predicates,
      List<VectorNode> nodes,
      VectorCompiler compiler,
      boolean zeroBased) {
    this.predicates = predicates;
    this.nodes = nodes;
    this.toOneBased = zeroBased ? 1 : 0;
    rname = (VectorText) compiler.column(RawField.of(Column.RNAME));
    pos = (VectorNumbers.Integers) compiler.column(new RawField(Column.POS, zeroBased, null));
    end = (VectorNumbers.Integers) compiler.column(new RawField(Column.END, zeroBased, null));
  }

  @Override
  void retain(RowSelection rows) {
    boolean bounded = findBounds(rows);
    if (bounded && places == null) {
      PredicateRegions regions =
          new PredicateRegions(
              names.stream().map(name -> new String(name, StandardCharsets.UTF_8)).toList(), false);
      places = predicates.stream().map(regions::intervals).toList();
    }
    open.set(rows);
    for (int i = 0; i < nodes.size() && !open.isEmpty(); i++) {
      if (!bounded || canHold(places.get(i))) {
        kept.set(open);
        nodes.get(i).retain(kept);
        open.removeAll(kept);
      }
    }
    rows.removeAll(open);
  }

  private boolean canHold(Map<Intervals, Intervals> where) {
    for (Map.Entry<Intervals, Intervals> group : where.entrySet()) {
      for (int i = 0; i <= names.size(); i++) {
        int at = i == names.size() ? NONE : i;
        if (first[at] <= last[at]
            && group.getKey().contains(i)
            && group.getValue().touches(first[at], last[at])) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Computes the positions of the rows.
   *
   * @return false if they are not known: too many references, or rows that end before they start
   */
  private boolean findBounds(RowSelection rows) {
    Arrays.fill(first, Integer.MAX_VALUE);
    Arrays.fill(last, -1);
    int at = NONE;
    for (int i = 0; i < rows.words(); i++) {
      long asked = rows.word(i);
      rname.start(64 * i + 63 - Long.numberOfLeadingZeros(asked));
      for (long rest = asked; rest != 0; rest &= rest - 1) {
        int row = 64 * i + Long.numberOfTrailingZeros(rest);
        at = reference(row, at);
        long from = pos.isValid(row) ? Math.max(0, pos.get(row) + toOneBased) : 0;
        long to = end.isValid(row) ? Math.max(0, end.get(row)) : 0;
        if (at < 0 || from > to) {
          return false;
        }
        first[at] = (int) Math.min(first[at], from);
        last[at] = (int) Math.max(last[at], Math.min(Intervals.LAST, to));
      }
    }
    return true;
  }

  /**
   * The index of the reference of a row, or -1 if there are too many, or its name is not UTF-8.
   *
   * @param before the index of another row, which is often the same
   */
  private int reference(int row, int before) {
    if (!rname.isValid(row)) {
      return NONE;
    }
    rname.at(row);
    if (before != NONE && isName(names.get(before))) {
      return before;
    }
    for (int i = 0; i < names.size(); i++) {
      if (isName(names.get(i))) {
        return i;
      }
    }
    places = null;
    if (names.size() == MAX_REFERENCES) {
      names.clear(); // the next batch may have others
      return -1;
    }
    byte[] name = Arrays.copyOfRange(rname.data, rname.from, rname.to);
    if (!Arrays.equals(
        name, new String(name, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))) {
      names.clear(); // not UTF-8: as a string it would be equal to others
      return -1;
    }
    names.add(name);
    return names.size() - 1;
  }

  private boolean isName(byte[] name) {
    return Arrays.equals(rname.data, rname.from, rname.to, name, 0, name.length);
  }

  @Override
  int cost() {
    return 4;
  }
}
