package org.bamarrow.internal.filter;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.bamarrow.convert.Intervals;
import org.bamarrow.internal.filter.IntegerNode.IntegerTest;
import org.bamarrow.internal.filter.RawPredicate.Leaf;

/**
 * The references for which a condition on {@code rname} or {@code rid} has a given outcome, as
 * indices of names; the index after the last means no reference.
 */
final class LeafReferences {
  private LeafReferences() {}

  static Intervals ofNames(Leaf leaf, boolean answer, List<byte[]> names) {
    TextTest test = PredicateCompiler.textTest(leaf);
    int outcome = Node.of(answer);
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

  /**
   * @param ids number of references of the header
   * @param index of the name of a reference
   */
  static Intervals ofIds(
      Leaf leaf, boolean answer, int ids, IntUnaryOperator index, List<byte[]> names) {
    IntegerTest test = PredicateCompiler.integerTest(leaf);
    int outcome = Node.of(answer);
    Intervals.Builder found = new Intervals.Builder();
    for (int id = 0; id < ids; id++) {
      if ((test.holds().test(id & test.mask()) ? Node.TRUE : test.onMiss()) == outcome) {
        found.add(index.applyAsInt(id), index.applyAsInt(id));
      }
    }
    if (test.onNull() == outcome) {
      found.add(names.size(), names.size());
    }
    return found.build();
  }
}
