package org.bamarrow.internal.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.convert.Intervals;
import org.bamarrow.convert.Regions;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.internal.bam.RecordFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The filters of samtools view and regions on record batches, against those on records. */
@Timeout(300)
class BatchFiltersTest {
  private static final int FILTERS = 200;

  @TempDir Path folder;

  @Test
  void batchesGiveTheRowsOfTheRecords() throws Exception {
    long kept = 0;
    long asked = 0;
    for (DecodedBam bam : FilterFiles.all(folder)) {
      RandomFilters random = new RandomFilters(bam, 31);
      try (ConvertedBatches batches = ConvertedBatches.of(bam, folder)) {
        for (int i = Math.min(FILTERS, 60_000 / bam.rows().size()); i > 0; i--) {
          RowOptions options = random.rows();
          List<Regions> regions = random.regions();
          BatchFilters filters = new BatchFilters(options, regions);
          BatchFilter filter = filters.on(batches.fields(), bam.zeroBased(), bam.latin1());
          BitSet rows = batches.rows(filter);
          BitSet possible =
              batches.rows(filters.predicate(batches.fields(), bam.zeroBased(), true));
          possible.and(rows);
          assertEquals(rows, possible, options + " " + regions);
          RecordFilters records = RecordFilters.sharing(options);
          RecordFilter expected = records.get();
          for (Regions each : regions) {
            expected = RecordFilter.and(new RegionFilter(each), expected);
          }
          boolean same = true;
          for (int row = 0; row < bam.rows().size(); row++) {
            boolean accepts = expected.accepts(bam.slice(), row);
            if (isKnown(bam.rows().get(row), options, regions)) {
              int at = row;
              assertEquals(accepts, rows.get(row), () -> where(bam, at, options, regions));
              kept += accepts ? 1 : 0;
              asked++;
            } else {
              same = false;
            }
          }
          if (same) {
            assertEquals(records.matches(), filters.matches(), options.toString());
          }
        }
      }
    }
    assertTrue(kept > asked / 20 && kept < asked * 19 / 20, kept + " of " + asked);
  }

  @Test
  void regionsAreAlsoAPredicate() throws Exception {
    long kept = 0;
    for (DecodedBam bam : FilterFiles.all(folder)) {
      RandomFilters random = new RandomFilters(bam, 32);
      try (ConvertedBatches batches = ConvertedBatches.of(bam, folder)) {
        for (int i = 0; i < FILTERS; i++) {
          List<Regions> regions = random.regions();
          BatchFilters filters = new BatchFilters(RowOptions.defaults(), regions);
          BatchFilter filter = filters.on(batches.fields(), bam.zeroBased(), bam.latin1());
          BitSet rows = batches.rows(filter);
          assertEquals(
              rows,
              batches.rows(filters.predicate(batches.fields(), bam.zeroBased(), true)),
              regions.toString());
          for (Regions each : regions) {
            BitSet hull = batches.rows(RegionPredicates.of(each, 1, bam.zeroBased()));
            hull.and(rows);
            assertEquals(rows, hull, each.toString());
          }
          kept += rows.cardinality();
        }
      }
    }
    assertTrue(kept > 1000, kept + " rows");
  }

  private static String where(DecodedBam bam, int row, RowOptions options, List<Regions> regions) {
    return bam.name() + " " + options + " " + regions + "\n" + bam.rows().get(row);
  }

  /** Whether a row tells what the record does: the order of duplicate tags is not in it. */
  private static boolean isKnown(
      Map<String, Object> row, RowOptions options, List<Regions> regions) {
    boolean placed = !regions.isEmpty() && row.get("rname") != null && row.get("pos") == null;
    return !placed
        && (options.readGroups() == null || isKnown(row, "RG"))
        && (options.tag() == null || isKnown(row, options.tag()));
  }

  private static boolean isKnown(Map<String, Object> row, String tag) {
    return row.get("tags." + tag) == null
        || !String.valueOf(row.get("other_tags")).contains('"' + tag + '"');
  }

  @Test
  void aFilterWithoutItsColumnIsAnErrorThatNamesIt() {
    Schema flags = new Schema(List.of(Field.nullable("flag", new ArrowType.Int(32, true))));
    RowOptions all = RowOptions.defaults();
    assertEquals(List.of("flag"), columns(all.withRequireFlags(4), List.of(), flags));
    assertEquals(List.of(), columns(all, List.of(Regions.ALL), flags));
    assertLacks("mapq", all.withRequireFlags(4).withMinMapq(1), List.of(), flags);
    assertLacks("qname", all.withFraction(0.5), List.of(), flags);
    assertLacks("qname", all.withNames(Set.of("a")), List.of(), flags);
    assertLacks("tags.NM or other_tags", all.withTag("NM"), List.of(), flags);
    assertLacks("tags.RG or other_tags", all.withReadGroups(Set.of("a")), List.of(), flags);
    Regions some = Regions.of(Map.of("chr1", Intervals.of(1, 9)), false);
    assertLacks("rname, pos, end", all, List.of(some), flags);
    Schema group = new Schema(List.of(Field.nullable("read_group", ArrowType.Utf8.INSTANCE)));
    assertEquals(List.of("read_group"), columns(all.withReadGroups(Set.of("a")), List.of(), group));
  }

  private static void assertLacks(
      String columns, RowOptions options, List<Regions> regions, Schema schema) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> columns(options, regions, schema))
            .getMessage();
    assertTrue(said.startsWith("the filters need " + columns + ", which these data"), said);
  }

  private static List<String> columns(RowOptions options, List<Regions> regions, Schema schema) {
    return new BatchFilters(options, regions).on(schema.getFields(), false, false).columns();
  }
}
