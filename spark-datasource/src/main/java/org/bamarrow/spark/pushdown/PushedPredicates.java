package org.bamarrow.spark.pushdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.bamarrow.internal.filter.RawPredicate;

/** The predicates that Spark offers one scan, and what becomes of them. One thread. */
public final class PushedPredicates {
  private final PredicateTranslator translator;
  private final List<Predicate> exact = new ArrayList<>();
  private final List<RawPredicate> raw = new ArrayList<>();

  public PushedPredicates(PredicateTranslator translator) {
    this.translator = translator;
  }

  /**
   * Takes what the core can evaluate.
   *
   * @return those that Spark has to evaluate, of some of which the core does a part
   */
  public Predicate[] push(Predicate[] offered) {
    List<Predicate> left = new ArrayList<>();
    for (Predicate predicate : offered) {
      Optional<RawPredicate> same = translator.exact(predicate);
      if (same.isPresent()) {
        exact.add(predicate);
      } else {
        left.add(predicate);
      }
      same.or(() -> translator.implied(predicate)).ifPresent(raw::add);
    }
    return left.toArray(Predicate[]::new);
  }

  /**
   * Takes what saves reading, and leaves everything to Spark as well.
   *
   * @return all that was offered
   */
  public Predicate[] imply(Predicate[] offered) {
    for (Predicate predicate : offered) {
      translator.implied(predicate).ifPresent(raw::add);
    }
    return offered;
  }

  /** Those that need no other evaluation. */
  public Predicate[] exact() {
    return exact.toArray(Predicate[]::new);
  }

  /** What records have to satisfy; {@link RawPredicate#TRUE} where that is nothing. */
  public RawPredicate raw() {
    return raw.isEmpty() ? RawPredicate.TRUE : raw.size() == 1 ? raw.get(0) : all(raw);
  }

  /** A condition that holds where all do. */
  public static RawPredicate all(List<RawPredicate> conditions) {
    return new RawPredicate.And(conditions);
  }
}
