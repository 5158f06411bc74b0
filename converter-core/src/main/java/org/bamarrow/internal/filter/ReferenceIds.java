package org.bamarrow.internal.filter;

import java.util.List;
import java.util.function.Function;
import org.bamarrow.internal.base.ByteStringSet;
import org.bamarrow.internal.filter.IntegerNode.IntegerTest;
import org.bamarrow.internal.filter.RawField.Column;
import org.bamarrow.internal.filter.RawPredicate.And;
import org.bamarrow.internal.filter.RawPredicate.IntegerCompare;
import org.bamarrow.internal.filter.RawPredicate.IntegerIn;
import org.bamarrow.internal.filter.RawPredicate.IsNull;
import org.bamarrow.internal.filter.RawPredicate.Leaf;
import org.bamarrow.internal.filter.RawPredicate.Not;
import org.bamarrow.internal.filter.RawPredicate.Or;
import org.bamarrow.internal.filter.RawPredicate.TextIn;

/**
 * Conditions on reference ids, which records of a BAM have, as the same conditions on columns of
 * record batches: the column with the ids, or {@code rname}.
 */
public final class ReferenceIds {
  private static final RawField RNAME = RawField.of(Column.RNAME);

  private ReferenceIds() {}

  /** Whether a predicate has a condition on {@code RID}. */
  public static boolean areIn(RawPredicate predicate) {
    if (predicate instanceof And and) {
      return and.children().stream().anyMatch(ReferenceIds::areIn);
    }
    if (predicate instanceof Or or) {
      return or.children().stream().anyMatch(ReferenceIds::areIn);
    }
    return predicate instanceof Not not
        ? areIn(not.child())
        : predicate instanceof Leaf leaf && leaf.field().column() == Column.RID;
  }

  /** The same with another integer column in place of {@code RID}. */
  public static RawPredicate as(RawField ids, RawPredicate predicate) {
    return replaced(
        predicate,
        leaf -> {
          if (leaf instanceof IntegerCompare compare) {
            return new IntegerCompare(ids, compare.mask(), compare.operator(), compare.value());
          }
          return leaf instanceof IntegerIn in
              ? new IntegerIn(ids, in.mask(), in.values(), in.hasNull())
              : new IsNull(ids);
        });
  }

  /**
   * The same with {@code RNAME} in place of {@code RID}.
   *
   * @param names of all references, by the id; each once
   */
  public static RawPredicate asNames(List<byte[]> names, RawPredicate predicate) {
    return replaced(predicate, leaf -> asName(names, leaf));
  }

  private static RawPredicate asName(List<byte[]> names, Leaf leaf) {
    IntegerTest test = PredicateCompiler.integerTest(leaf);
    if (test.onNull() == Node.TRUE) {
      return new IsNull(RNAME);
    }
    ByteStringSet.Builder builder = new ByteStringSet.Builder();
    for (int id = 0; id < names.size(); id++) {
      if (test.holds().test(id & test.mask())) {
        builder.add(names.get(id), 0, names.get(id).length);
      }
    }
    ByteStringSet found = builder.build();
    boolean unknown = test.onMiss() == Node.UNKNOWN;
    RawPredicate in;
    if (found.isEmpty()) { // unlike a list without values, unknown for null
      in = unknown ? RawPredicate.UNKNOWN : new And(RawPredicate.UNKNOWN, new IsNull(RNAME));
    } else {
      in = new TextIn(RNAME, found, unknown);
    }
    return test.onNull() == Node.FALSE ? new And(new Not(new IsNull(RNAME)), in) : in;
  }

  private static RawPredicate replaced(RawPredicate predicate, Function<Leaf, RawPredicate> by) {
    if (predicate instanceof And and) {
      return new And(and.children().stream().map(child -> replaced(child, by)).toList());
    }
    if (predicate instanceof Or or) {
      return new Or(or.children().stream().map(child -> replaced(child, by)).toList());
    }
    if (predicate instanceof Not not) {
      return new Not(replaced(not.child(), by));
    }
    return predicate instanceof Leaf leaf && leaf.field().column() == Column.RID
        ? by.apply(leaf)
        : predicate;
  }
}
