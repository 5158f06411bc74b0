package org.bamarrow.internal.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bamarrow.internal.ipc.ZoneFiles;
import org.bamarrow.internal.zone.ColumnZone;
import org.bamarrow.internal.zone.ReferenceZone;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Predicates on the zones of files against SQL on their rows. */
@Timeout(300)
class ZonePredicateTest {
  private static final int TREES = 300;

  @TempDir Path folder;

  private long leftOut;
  private long asked;
  private long decided;

  @Test
  void noZoneWithARowThatSatisfiesAPredicateIsLeftOut() throws Exception {
    for (DecodedBam bam : FilterFiles.all(folder)) {
      ZoneFiles file = ZoneFiles.convert(bam, folder, 7);
      ZonesOfRows zones = new ZonesOfRows(file.zones(), bam.rows());
      ZonesOfRows pairs = new ZonesOfRows(file.merged(2), bam.rows());
      for (boolean places : new boolean[] {true, false}) {
        RandomPredicates random = new RandomPredicates(bam, places, 31);
        int trees = Math.min(TREES, 60_000 / bam.rows().size());
        for (int i = 0; i < trees; i++) {
          RawPredicate predicate = random.tree(3);
          check(bam, predicate, file.columns(), zones);
          check(bam, predicate, file.columns(), pairs);
          check(bam, new RawPredicate.Not(predicate), file.columns(), zones);
        }
      }
    }
    assertTrue(leftOut > asked / 10, leftOut + " of " + asked + " zones were left out");
    assertTrue(decided > asked / 20, decided + " of " + asked + " have rows that all satisfy it");
    System.out.printf("%d of %d zones were left out%n", leftOut, asked);
  }

  /** Zones, each with its rows. */
  private record ZonesOfRows(List<Zone> zones, List<Map<String, Object>> rows) {}

  private void check(DecodedBam bam, RawPredicate predicate, ZoneColumns columns, ZonesOfRows all) {
    ZonePredicate zonePredicate = new ZonePredicate(predicate, columns);
    int from = 0;
    for (Zone zone : all.zones) {
      List<Map<String, Object>> rows = all.rows.subList(from, from + (int) zone.rows());
      from += (int) zone.rows();
      boolean any =
          rows.stream().anyMatch(row -> Boolean.TRUE.equals(SqlOracle.evaluate(predicate, row)));
      boolean can = zonePredicate.canMatch(zone);
      assertEquals(can, zonePredicate.canMatch(needed(zone, zonePredicate, columns)));
      assertTrue(can || !any, () -> bam.name() + " " + predicate + "\n" + zone + "\n" + rows);
      List<ZonePredicate.Part> parts = zonePredicate.parts(zone);
      if (parts != null) {
        long rowsOfParts = parts.stream().mapToLong(ZonePredicate.Part::rows).sum();
        long accepted =
            rows.stream()
                .filter(row -> Boolean.TRUE.equals(SqlOracle.evaluate(predicate, row)))
                .count();
        assertEquals(accepted, rowsOfParts, () -> bam.name() + " " + predicate + "\n" + zone);
        decided += parts.isEmpty() ? 0 : 1;
      }
      asked++;
      leftOut += can ? 0 : 1;
    }
    assertEquals(all.rows.size(), from);
  }

  /** A zone as it is if only what the predicate asks for has been read. */
  private static Zone needed(Zone zone, ZonePredicate predicate, ZoneColumns columns) {
    List<ColumnZone> some = new ArrayList<>(zone.columns());
    for (int i = 0; i < some.size(); i++) {
      some.set(i, predicate.needs(columns.columns().get(i)) ? some.get(i) : ColumnZone.NOTHING);
    }
    boolean flags = predicate.needs(columns.columns().get(columns.indexOf("flag", null)));
    return new Zone(
        zone.batches(),
        zone.rows(),
        0,
        null,
        some,
        flags ? zone.flags() : null,
        predicate.needsReferences() ? zone.references() : null,
        false);
  }

  @Test
  void outcomesOfConnectivesAreThoseOfAllPairs() {
    int[] single = {Node.FALSE, Node.UNKNOWN, Node.TRUE};
    for (int one = 1; one < 8; one++) {
      for (int two = 1; two < 8; two++) {
        int and = 0;
        int or = 0;
        for (int a : single) {
          for (int b : single) {
            if ((one >> a & 1) != 0 && (two >> b & 1) != 0) {
              and |= 1 << Math.min(a, b);
              or |= 1 << Math.max(a, b);
            }
          }
        }
        assertEquals(and, Outcomes.and(one, two));
        assertEquals(or, Outcomes.or(one, two));
      }
      assertEquals(one, Outcomes.not(Outcomes.not(one)));
    }
    assertFalse(Outcomes.canBeTrue(Outcomes.not(Outcomes.TRUE | Outcomes.UNKNOWN)));
  }

  @Test
  void aRegionOfASortedFileNeedsOneOrTwoOfItsZones() throws Exception {
    ZoneFiles file = ZoneFiles.sorted(folder, 5_000, 100);
    ReferenceZone place = file.zones().get(25).references().get(0);
    RawPredicate region =
        new RawPredicate.And(
            new RawPredicate.TextCompare(
                RawField.of(RawField.Column.RNAME),
                Operator.EQUAL,
                new String(place.name(), StandardCharsets.UTF_8)),
            new RawPredicate.IntegerCompare(
                RawField.of(RawField.Column.POS), Operator.LESS_OR_EQUAL, place.minPos() + 10),
            new RawPredicate.IntegerCompare(
                RawField.of(RawField.Column.END), Operator.GREATER_OR_EQUAL, place.minPos()));
    ZonePredicate predicate = new ZonePredicate(region, file.columns());
    List<Zone> needed = file.zones().stream().filter(predicate::canMatch).toList();
    assertTrue(file.zones().size() >= 50);
    assertTrue(needed.size() >= 1 && needed.size() <= 3, () -> needed.toString());
    assertTrue(file.zones().stream().allMatch(Zone::sorted));
  }
}
