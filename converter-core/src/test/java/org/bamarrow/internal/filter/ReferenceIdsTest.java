package org.bamarrow.internal.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.bamarrow.internal.filter.RawField.Column;
import org.bamarrow.internal.filter.RawPredicate.And;
import org.bamarrow.internal.filter.RawPredicate.IntegerCompare;
import org.bamarrow.internal.filter.RawPredicate.IntegerIn;
import org.bamarrow.internal.filter.RawPredicate.IsNull;
import org.bamarrow.internal.filter.RawPredicate.Not;
import org.bamarrow.internal.filter.RawPredicate.Or;
import org.junit.jupiter.api.Test;

/** Conditions on reference ids have the same outcome on names and on a column of ids. */
class ReferenceIdsTest {
  private static final RawField RID = RawField.of(Column.RID);
  private static final List<String> NAMES = List.of("chr1", "chr2", "chr10", "*x");

  private static List<RawPredicate> leaves() {
    List<RawPredicate> leaves = new ArrayList<>(List.of(new IsNull(RID)));
    for (Operator operator : Operator.values()) {
      for (Long value : new Long[] {-1L, 0L, 2L, 3L, 4L, Long.MAX_VALUE, null}) {
        for (long mask : new long[] {-1, 1, 0}) {
          leaves.add(new IntegerCompare(RID, mask, operator, value));
        }
      }
    }
    for (long[] values : new long[][] {{}, {1}, {0, 3, 7}, {9}}) {
      for (boolean hasNull : new boolean[] {true, false}) {
        leaves.add(new IntegerIn(RID, -1, SortedLongs.of(values), hasNull));
      }
    }
    return leaves;
  }

  private static RawPredicate tree(Random random, List<RawPredicate> leaves, int depth) {
    if (depth == 0) {
      return leaves.get(random.nextInt(leaves.size()));
    }
    List<RawPredicate> children =
        Stream.generate(() -> tree(random, leaves, depth - 1)).limit(2).toList();
    return switch (random.nextInt(3)) {
      case 0 -> new And(children);
      case 1 -> new Or(children);
      default -> new Not(children.get(0));
    };
  }

  @Test
  void outcomesAreThoseOfTheIds() {
    List<byte[]> bytes = NAMES.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toList();
    RawField stored = RawField.ofBatches("number", null, RawField.Kind.INTEGER);
    List<RawPredicate> predicates = new ArrayList<>(leaves());
    Random random = new Random(4);
    for (int i = 0; i < 300; i++) {
      predicates.add(tree(random, leaves(), 1 + random.nextInt(3)));
    }
    for (RawPredicate predicate : predicates) {
      assertTrue(ReferenceIds.areIn(predicate));
      RawPredicate ofNames = ReferenceIds.asNames(bytes, predicate);
      RawPredicate ofColumn = ReferenceIds.as(stored, predicate);
      assertFalse(ReferenceIds.areIn(ofNames) || ReferenceIds.areIn(ofColumn));
      for (int id = -1; id < NAMES.size(); id++) {
        Map<String, Object> row = new HashMap<>();
        row.put("rid", id < 0 ? null : id);
        row.put("number", row.get("rid"));
        row.put("rname", id < 0 ? null : NAMES.get(id));
        Boolean expected = SqlOracle.evaluate(predicate, row);
        assertEquals(expected, SqlOracle.evaluate(ofNames, row), predicate + " of " + id);
        assertEquals(expected, SqlOracle.evaluate(ofColumn, row), predicate + " of " + id);
      }
    }
  }
}
