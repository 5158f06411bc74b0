package org.bamarrow.spark.pushdown;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.BinaryOperator;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.filter.And;
import org.apache.spark.sql.connector.expressions.filter.Or;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.internal.filter.RawPredicate;
import org.junit.jupiter.api.Test;

/** Long lists of conditions, as pairs of pairs. */
class PredicateTranslatorTest {
  private static final int MANY = 20_000;

  private final PredicateTranslator translator = new PredicateTranslator(ConvertOptions.defaults());

  @Test
  void chainsOfAnyDepthBecomeOneList() {
    RawPredicate.Or right =
        (RawPredicate.Or) translator.exact(chain((chain, next) -> new Or(next, chain))).get();
    assertEquals(MANY, right.children().size());
    Predicate left = chain(Or::new);
    RawPredicate.Or or = (RawPredicate.Or) translator.exact(left).get();
    assertEquals(MANY, or.children().size());
    assertEquals(translator.exact(position(0)).get(), or.children().get(0));
    assertEquals(or, translator.implied(left).get());
    assertEquals(right.children().get(0), or.children().get(MANY - 1));
  }

  @Test
  void ofAnAndTheTranslatablePartsAreImplied() {
    Predicate unknown = new Predicate("no such", new Expression[0]);
    Predicate chain = new And(new And(unknown, position(1)), new And(position(2), unknown));
    RawPredicate expected = translator.exact(new And(position(1), position(2))).get();
    assertEquals(expected, translator.implied(chain).get());
    assertTrue(translator.exact(chain).isEmpty());
    assertEquals(translator.exact(position(1)), translator.implied(new And(unknown, position(1))));
    assertTrue(translator.implied(new Or(unknown, position(1))).isEmpty());
    assertTrue(translator.implied(new And(unknown, unknown)).isEmpty());
  }

  private static Predicate chain(BinaryOperator<Predicate> pair) {
    Predicate chain = position(0);
    for (int i = 1; i < MANY; i++) {
      chain = pair.apply(chain, position(i));
    }
    return chain;
  }

  private static Predicate position(int pos) {
    return new Predicate(
        "=", new Expression[] {Expressions.column("pos"), Expressions.literal(pos)});
  }
}
