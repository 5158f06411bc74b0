package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Filters are evaluated before anything is decoded, and the answer is Spark's own. */
class FilterPushdownTest {
  private static final int SHORT = 3_000;

  @TempDir static Path folder;
  private static Path bam;
  private static Path edge;

  @BeforeAll
  static void make() {
    bam = Bams.synth(folder.resolve("short.bam"), SynthProfile.SHORT, SHORT);
    edge = Bams.synth(folder.resolve("edge.bam"), SynthProfile.EDGE, 400);
  }

  @Test
  void whatIsExactLeavesSparkNothingToFilter() {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("flag & 4 = 0", "(flag & 4) = 0");
    shown.put("0 = (flag & 4)", "(flag & 4) = 0");
    shown.put("(flag & 4) <> 0", "NOT (flag & 4) = 0");
    shown.put("flag & 4L = 4L", "(flag & 4) = 4");
    shown.put("(flag & 12) & 5 IN (4, 0)", "(flag & 4) IN (0, 4)");
    shown.put("mapq >= 30", "mapq IS NOT NULL AND mapq >= 30");
    shown.put("30 < mapq", "mapq IS NOT NULL AND mapq > 30");
    shown.put("mapq <=> null", "mapq IS NULL");
    shown.put("mapq <=> 60", "mapq <=> 60");
    shown.put("mapq is null or mapq < 5L", "mapq IS NULL OR mapq < 5");
    shown.put("rname = 'chr1'", "rname IS NOT NULL AND rname = chr1");
    shown.put("rname is null", "rname IS NULL");
    shown.put("qname like 'A%'", "qname IS NOT NULL AND qname LIKE A%");
    shown.put("tlen < -100", "tlen < -100");
    shown.put("tags.NM > 2", "tags.NM IS NOT NULL AND tags.NM > 2");
    shown.put("tags.nm in (1, 2)", "tags.NM IN (1, 2)");
    shown.put("tags.MD is not null", "tags.MD IS NOT NULL");
    shown.put("FLAG = 99 and Tags.RG > 'a'", "tags.RG IS NOT NULL AND flag = 99 AND tags.RG > a");
    shown.put("flag = 99.0", "flag = 99");
    Map<String, String> plans = Expected.assertSame(bam, List.copyOf(shown.keySet()));
    shown.forEach(
        (condition, text) ->
            assertTrue(
                plans.get(condition).contains("PushedFilters: [" + text + "]"),
                plans.get(condition)));
  }

  @Test
  void filteredRecordsAreNotDecodedAndTheMetricsSaySo() {
    Dataset<Row> query = LocalSpark.read(bam).filter("flag & 16 = 16 and mapq > 20");
    int rows = query.select("qname", "seq").collectAsList().size();
    Dataset<Row> same = query.select("qname", "seq");
    assertEquals(rows, same.collectAsList().size());
    assertTrue(rows > 0 && rows < SHORT);
    assertEquals(SHORT, Plans.metric(same, "records"));
    assertEquals(SHORT - rows, Plans.metric(same, "recordsFiltered"));
    assertTrue(Plans.metric(same, "blocks") > 10);
    assertTrue(Plans.metric(same, "bytesInflated") > Plans.metric(same, "bytesRead"));
    assertTrue(Plans.metric(same, "bytesRead") > bam.toFile().length() / 2);
    assertTrue(Plans.metric(same, "secondsInflating") > 0);
  }

  @Test
  void whatIsLeftToSparkIsPushedAsFarAsItGoes() {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("flag & 4 = 0 and length(qname) % 2 = 0", "(flag & 4) = 0");
    shown.put(
        "(mapq = 60 and length(qname) % 2 = 0) or (mapq = 0 and length(qname) % 3 = 0)",
        "mapq = 60 OR mapq = 0");
    shown.put("not (mapq = 60 and length(qname) % 2 = 0)", "");
    shown.put("mapq = 60 or length(qname) % 2 = 0", "");
    shown.put(
        "mapq > 29.5 and pos + 1 > 100", "mapq IS NOT NULL AND pos IS NOT NULL AND mapq > 29");
    shown.put("cast(flag as string) = '99'", "");
    Expected expected = new Expected(bam, List.copyOf(shown.keySet()));
    shown.forEach(
        (condition, text) -> {
          Dataset<Row> query = LocalSpark.read(bam).filter(condition).select("_voffset");
          String plan = Plans.text(query);
          assertTrue(plan.contains("Filter ("), plan);
          assertTrue(plan.contains(text), () -> condition + ": " + plan);
          assertEquals(
              expected.rows(condition),
              query.collectAsList().stream().map(row -> row.getLong(0)).toList(),
              condition);
        });
  }

  @Test
  void aHundredThousandValuesAreOneSet() {
    List<String> names =
        LocalSpark.read(bam).select("qname").limit(50).collectAsList().stream()
            .map(row -> row.getString(0))
            .distinct()
            .toList();
    Object[] values =
        Stream.concat(names.stream(), IntStream.range(0, 100_000).mapToObj(i -> "no read " + i))
            .toArray();
    Dataset<Row> query =
        LocalSpark.read(bam).filter(functions.col("qname").isin(values)).select("qname");
    String plan = Plans.text(query);
    assertTrue(plan.contains("qname IN (" + values.length + " values)"), "not pushed");
    assertFalse(plan.contains("Filter ("));
    List<Row> rows = query.collectAsList();
    assertEquals(
        LocalSpark.read(bam).select("qname").collectAsList().stream()
            .filter(row -> names.contains(row.getString(0)))
            .toList(),
        rows);
    assertEquals(SHORT - rows.size(), Plans.metric(query, "recordsFiltered"));
  }

  @Test
  void pushdownCanBeTurnedOff() {
    Dataset<Row> query = LocalSpark.read(bam, "pushdown", "false").filter("flag = 99").limit(3);
    String plan = Plans.text(query);
    assertTrue(plan.contains("Filter (") && plan.contains("PushedFilters: []"), plan);
    assertFalse(plan.contains("PushedLimit"), plan);
    assertFalse(
        Plans.text(LocalSpark.read(bam, "pushdown", "false").groupBy().count())
            .contains("PushedAggregation"));
  }

  @Test
  void theLimitOptionCountsBeforeTheFilter() {
    Dataset<Row> first = LocalSpark.read(bam, "limit", "100");
    long all = first.select("flag").collectAsList().stream().filter(r -> odd(r)).count();
    assertEquals(all, first.filter("flag & 64 = 64").count());
    assertFalse(Plans.text(first.filter("flag & 64 = 64")).contains("PushedFilters: [("));
  }

  private static boolean odd(Row row) {
    return (row.getInt(0) & 64) != 0;
  }

  @Test
  void randomConditionsGiveSparksOwnAnswer() {
    Expected.assertSame(bam, conditions(new Random(1), 40));
    Expected.assertSame(
        edge,
        conditions(new Random(2), 40).stream().map(c -> c.replace(".NM", ".XI")).toList(),
        "coordinates",
        "zero-based");
  }

  /** Random conditions in SQL. */
  static List<String> conditions(Random random, int count) {
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      conditions.add(random(random, 3).toString());
    }
    return conditions.stream().distinct().collect(Collectors.toList());
  }

  private static String random(Random random, int depth) {
    return switch (depth == 0 ? 5 : random.nextInt(6)) {
      case 0, 1 -> "(" + random(random, depth - 1) + " AND " + random(random, depth - 1) + ")";
      case 2, 3 -> "(" + random(random, depth - 1) + " OR " + random(random, depth - 1) + ")";
      case 4 -> "NOT (" + random(random, depth - 1) + ")";
      default -> leaf(random);
    };
  }

  private static String leaf(Random random) {
    String operator = List.of("=", "<=>", "<", "<=", ">", ">=", "<>").get(random.nextInt(7));
    int small = random.nextInt(70);
    return switch (random.nextInt(12)) {
      case 0 -> "flag & " + (1 << random.nextInt(12)) + " = 0";
      case 1 -> "flag " + operator + " " + random.nextInt(200);
      case 2 -> "mapq " + operator + " " + small;
      case 3 -> "mapq IN (" + small + ", 60, null, 0)";
      case 4 -> "rname " + operator + " 'chr" + random.nextInt(4) + "'";
      case 5 -> "rnext IS " + (random.nextBoolean() ? "NOT " : "") + "NULL";
      case 6 -> "pos " + operator + " " + random.nextInt(100_000);
      case 7 -> "end " + operator + " " + random.nextInt(100_000);
      case 8 -> "tags.NM " + operator + " " + random.nextInt(4);
      case 9 -> "tags.RG LIKE '" + List.of("a", "r", "l", "x").get(random.nextInt(4)) + "%'";
      case 10 -> "qname " + operator + " '" + (char) ('0' + random.nextInt(40)) + "'";
      default -> "pnext IN (null, " + small + ") OR tlen " + operator + " " + (small - 30);
    };
  }
}
