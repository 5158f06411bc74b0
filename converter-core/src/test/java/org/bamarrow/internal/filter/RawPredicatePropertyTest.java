package org.bamarrow.internal.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.bamarrow.convert.Intervals;
import org.bamarrow.convert.Regions;
import org.bamarrow.internal.bam.ArraySlice;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.RecordFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random predicates on raw records and on the record batches that are converted from them, against
 * SQL on the decoded columns.
 */
@Timeout(300)
class RawPredicatePropertyTest {
  private static final int TREES = 400;

  @TempDir Path folder;

  @Test
  void rawRecordsAndRecordBatchesGiveTheOutcomeOfTheDecodedColumns() throws Exception {
    long accepted = 0;
    long asked = 0;
    for (DecodedBam bam : FilterFiles.all(folder)) {
      ConvertedBatches batches = ConvertedBatches.of(bam, folder);
      RandomPredicates random = new RandomPredicates(bam, false, 21);
      int trees = Math.min(TREES, 60_000 / bam.rows().size());
      for (int i = 0; i < trees; i++) {
        RawPredicate predicate = random.tree(4);
        RecordFilter filter = RawPredicates.compile(predicate, bam.latin1()).get();
        RecordFilter negated =
            RawPredicates.compile(new RawPredicate.Not(predicate), bam.latin1()).get();
        BitSet selected = batches.rows(predicate);
        BitSet negatedRows = batches.rows(new RawPredicate.Not(predicate));
        for (int each = 0; each < bam.rows().size(); each++) {
          int row = each;
          Boolean expected = SqlOracle.evaluate(predicate, bam.rows().get(row));
          boolean accepts = filter.accepts(bam.slice(), row);
          assertEquals(expected != null && expected, accepts, () -> where(bam, row, predicate));
          assertEquals(
              expected != null && !expected,
              negated.accepts(bam.slice(), row),
              () -> where(bam, row, predicate));
          assertEquals(accepts, selected.get(row), () -> where(bam, row, predicate));
          assertEquals(
              expected != null && !expected,
              negatedRows.get(row),
              () -> where(bam, row, predicate));
          asked++;
          accepted += accepts ? 1 : 0;
        }
      }
      batches.close();
    }
    assertTrue(accepted > asked / 10 && accepted < asked * 9 / 10, accepted + " of " + asked);
    System.out.printf("%d answers, %d of them true%n", asked, accepted);
  }

  @Test
  void manyAlternativesGiveTheOutcomeOfEvaluatingEach() throws Exception {
    long accepted = 0;
    for (DecodedBam bam : FilterFiles.all(folder)) {
      ConvertedBatches batches = ConvertedBatches.of(bam, folder);
      for (boolean places : new boolean[] {true, false}) {
        RandomPredicates random = new RandomPredicates(bam, places, 23);
        int trees = Math.min(TREES / 4, 20_000 / bam.rows().size());
        for (int i = 0; i < trees; i++) {
          List<RawPredicate> terms = random.trees(IndexedOr.MIN_CONDITIONS + 4 * i % 60, 2);
          RawPredicate predicate = new RawPredicate.Or(terms);
          RecordTags tags = new RecordTags();
          Node sorted = new PredicateCompiler(tags, bam.latin1()).compile(predicate);
          assertTrue(sorted instanceof IndexedOr);
          BitSet selected = batches.rows(predicate);
          for (int each = 0; each < bam.rows().size(); each++) {
            int row = each;
            tags.next();
            Boolean expected = SqlOracle.evaluate(predicate, bam.rows().get(row));
            int outcome = expected == null ? Node.UNKNOWN : Node.of(expected);
            assertEquals(
                outcome, sorted.evaluate(bam.slice(), row), () -> where(bam, row, predicate));
            assertEquals(
                outcome == Node.TRUE,
                sorted.accepts(bam.slice(), row),
                () -> where(bam, row, predicate));
            assertEquals(outcome == Node.TRUE, selected.get(row), () -> where(bam, row, predicate));
            accepted += outcome == Node.TRUE ? 1 : 0;
          }
        }
      }
      batches.close();
    }
    assertTrue(accepted > 1000, accepted + " accepted");
  }

  @Test
  void recordsThatSatisfyAPredicateOverlapItsRegions() throws Exception {
    int narrow = 0;
    for (DecodedBam bam : FilterFiles.all(folder)) {
      ArraySlice slice = bam.slice();
      List<BamHeader.Reference> references = slice.header().references();
      RandomPredicates random = new RandomPredicates(bam, true, 22);
      int trees = Math.min(TREES, 60_000 / bam.rows().size());
      for (int i = 0; i < trees && references.size() < 1000; i++) {
        RawPredicate predicate = random.tree(4);
        Regions regions = PredicateRegions.of(predicate, references);
        RecordFilter filter = RawPredicates.compile(predicate).get();
        RecordFilter inRegions = new RegionFilter(regions);
        for (int each = 0; each < slice.count(); each++) {
          int row = each;
          boolean overlaps = overlaps(regions, bam.rows().get(row), bam.zeroBased() ? 1 : 0);
          boolean accepts = inRegions.accepts(slice, row);
          // without pos, which leaves end out of the row, there may be a CIGAR that covers bases
          boolean noPosition = bam.rows().get(row).get("pos") == null;
          assertTrue(
              accepts == overlaps || noPosition && accepts, () -> where(bam, row, predicate));
          assertTrue(overlaps || !filter.accepts(slice, row), () -> where(bam, row, predicate));
          narrow += overlaps ? 0 : 1;
        }
      }
    }
    assertTrue(narrow > 50_000, "the regions leave too little out: " + narrow);
    System.out.printf("regions left %d records out%n", narrow);
  }

  private static String where(DecodedBam bam, int row, RawPredicate predicate) {
    return bam.name() + " row " + row + " " + predicate + "\n" + bam.rows().get(row);
  }

  private static boolean overlaps(Regions regions, Map<String, Object> row, int base) {
    String rname = (String) row.get("rname");
    if (rname == null) {
      return regions.unplaced();
    }
    Integer pos = (Integer) row.get("pos");
    Integer end = (Integer) row.get("end");
    long from = pos == null ? 0 : Math.max(0, pos + base);
    long to = end == null ? 0 : Math.max(0, end);
    Intervals places = regions.on(rname);
    return !places.intersection(Intervals.of(from, to)).isEmpty();
  }
}
