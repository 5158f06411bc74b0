package org.bamarrow.spark.pushdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.bamarrow.internal.filter.RawPredicate;

/** The predicates that Spark offers to one scan, and their translations. For one thread. */
public final class PushedPredicates {
  private final PredicateTranslator translator;
  private final List<Predicate> exact = new ArrayList<>();
  private final List<RawPredicate> raw = new ArrayList<>();

  public PushedPredicates(PredicateTranslator translator) {
    this.translator = translator;
  }

  /**
   * Accepts what the core can evaluate.
   *
   * @return those that Spark has to evaluate; the core may evaluate a weaker form of them
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
   * Accepts what reduces reading, and leaves all predicates to Spark as well.
   *
   * @return all offered predicates
   */
  public Predicate[] imply(Predicate[] offered) {
    for (Predicate predicate : offered) {
      translator.implied(predicate).ifPresent(raw::add);
    }
    return offered;
  }

  /** The predicates that Spark does not evaluate again. */
  public Predicate[] exact() {
    return exact.toArray(Predicate[]::new);
  }

  /** The condition for records; {@link RawPredicate#TRUE} if there is none. */
  public RawPredicate raw() {
    return raw.isEmpty() ? RawPredicate.TRUE : raw.size() == 1 ? raw.get(0) : all(raw);
  }

  /** The conjunction of conditions. */
  public static RawPredicate all(List<RawPredicate> conditions) {
    return new RawPredicate.And(conditions);
  }
}
