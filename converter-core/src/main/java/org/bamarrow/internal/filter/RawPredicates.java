package org.bamarrow.internal.filter;

import java.util.function.Supplier;
import org.bamarrow.internal.bam.RecordFilter;

/** Predicates as filters of records. */
public final class RawPredicates {
  private RawPredicates() {}

  /** As the other one, for text that is UTF-8. */
  public static Supplier<RecordFilter> compile(RawPredicate predicate) {
    return compile(predicate, false);
  }

  /**
   * Filters that accept the records for which the predicate is true: neither false nor unknown.
   * Each call of {@code get} gives another one, for one thread; they share the predicate's sets. A
   * filter fails for records that the columns it reads could not be decoded from either: broken
   * auxiliary fields, and with {@code END} a mapped record whose CIGAR does not fit its SEQ.
   *
   * @param latin1 whether text columns are mapped from Latin-1 ({@code --text-encoding latin-1})
   */
  public static Supplier<RecordFilter> compile(RawPredicate predicate, boolean latin1) {
    return () -> {
      RecordTags tags = new RecordTags();
      Node root = new PredicateCompiler(tags, latin1).compile(predicate);
      return (slice, row) -> {
        tags.next();
        return root.accepts(slice, row);
      };
    };
  }

  /** Filters that accept what both accept; either may be null, which accepts all. */
  public static Supplier<RecordFilter> and(
      Supplier<RecordFilter> first, Supplier<RecordFilter> second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return () -> {
      RecordFilter one = first.get();
      RecordFilter two = second.get();
      return (slice, row) -> one.accepts(slice, row) && two.accepts(slice, row);
    };
  }
}
