package org.bamarrow.spark.pushdown;

import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.internal.filter.RawPredicate.And;
import org.bamarrow.internal.filter.RawPredicate.Leaf;
import org.bamarrow.internal.filter.RawPredicate.Not;
import org.bamarrow.internal.filter.RawPredicate.Or;

/** Tells whether a predicate may restrict positions, before any header is read. */
public final class PositionalPredicates {
  private PositionalPredicates() {}

  /** Whether it refers to {@code rname}, {@code rid}, {@code pos} or {@code end}. */
  public static boolean restrict(RawPredicate condition) {
    if (condition instanceof And and) {
      return and.children().stream().anyMatch(PositionalPredicates::restrict);
    }
    if (condition instanceof Or or) {
      return or.children().stream().anyMatch(PositionalPredicates::restrict);
    }
    if (condition instanceof Not not) {
      return restrict(not.child());
    }
    return condition instanceof Leaf leaf
        && switch (leaf.field().column()) {
          case RNAME, RID, POS, END -> true;
          default -> false;
        };
  }
}
