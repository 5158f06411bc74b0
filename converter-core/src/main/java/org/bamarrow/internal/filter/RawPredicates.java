package org.bamarrow.internal.filter;

import java.util.function.Supplier;
import org.bamarrow.internal.bam.RecordFilter;

/** Compiles predicates into record filters. */
public final class RawPredicates {
  private RawPredicates() {}

  /** As {@link #compile(RawPredicate, boolean)}, for UTF-8 text. */
  public static Supplier<RecordFilter> compile(RawPredicate predicate) {
    return compile(predicate, false);
  }

  /**
   * Filters that accept the records for which the predicate is true: neither false nor unknown.
   * Each call of {@code get} creates a filter for one thread; they share the predicate's sets. A
   * filter throws for records whose columns in the predicate cannot be decoded: invalid auxiliary
   * fields, and with {@code END} a mapped record whose CIGAR does not match its SEQ.
   *
   * @param latin1 whether text columns are decoded as Latin-1 ({@code --text-encoding latin-1})
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

  /** The conjunction of two filters; either may be null, which accepts all records. */
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
