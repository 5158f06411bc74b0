package org.bamarrow.spark.read;

import org.bamarrow.filter.RawPredicate;
import org.bamarrow.filter.RawPredicate.And;
import org.bamarrow.filter.RawPredicate.Leaf;
import org.bamarrow.filter.RawPredicate.Not;
import org.bamarrow.filter.RawPredicate.Or;

/** Whether a condition may tell places, before any header is read. */
final class Places {
  private Places() {}

  /** Whether it asks for {@code rname}, {@code pos} or {@code end}. */
  static boolean restrict(RawPredicate condition) {
    if (condition instanceof And and) {
      return and.children().stream().anyMatch(Places::restrict);
    }
    if (condition instanceof Or or) {
      return or.children().stream().anyMatch(Places::restrict);
    }
    if (condition instanceof Not not) {
      return restrict(not.child());
    }
    return condition instanceof Leaf leaf
        && switch (leaf.field().column()) {
          case RNAME, POS, END -> true;
          default -> false;
        };
  }
}
