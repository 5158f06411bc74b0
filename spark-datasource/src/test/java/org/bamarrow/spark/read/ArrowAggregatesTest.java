package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bamarrow.spark.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Aggregates of Arrow data, from statistics and batches, are Spark's own and those of the BAM. */
class ArrowAggregatesTest {
  private static final int RECORDS = 20_000;
  private static final int QUERIES = 10;

  private static final List<String> AGGREGATES =
      List.of(
          "count(*)",
          "count(mapq)",
          "count(pos)",
          "count(tags.NM)",
          "min(pos)",
          "max(pos)",
          "min(end)",
          "max(end)",
          "min(tlen)",
          "max(mapq)",
          "sum(flag)",
          "avg(mapq)",
          "sum(tlen)",
          "min(tags.NM)",
          "max(pnext)");

  private static final List<String> GROUPS = List.of("", "", "rname", "rname", "flag", "mapq");

  @TempDir static Path folder;
  private static Path bam;
  private static Path file;
  private static Path parts;
  private static Path written;

  @BeforeAll
  static void make() throws IOException {
    SortedReads reads = SortedReads.in(folder, RECORDS);
    bam = reads.bam();
    file = reads.file();
    parts = reads.parts();
    written = reads.written();
  }

  private static Dataset<Row> query(Path data, String text, String... options) {
    LocalSpark.read(data, options).createOrReplaceTempView("reads");
    return LocalSpark.SESSION.sql(text);
  }

  private static List<String> rows(Dataset<Row> query) {
    return query.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private static String random(Random random, String condition) {
    List<String> columns = new ArrayList<>();
    String group = GROUPS.get(random.nextInt(GROUPS.size()));
    if (!group.isEmpty()) {
      columns.add(group);
    }
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      columns.add(AGGREGATES.get(random.nextInt(AGGREGATES.size())) + " as a" + i);
    }
    String where = random.nextInt(3) == 0 ? "" : " where " + condition;
    return "select "
        + String.join(", ", columns)
        + " from reads"
        + where
        + (group.isEmpty() ? "" : " group by " + group);
  }

  @Test
  void randomAggregatesAreSparksOwnAndThoseOfTheBam() {
    Random random = new Random(21);
    int pushed = 0;
    for (String condition : FilterPushdownTest.conditions(random, QUERIES)) {
      String text = random(random, condition);
      List<String> expected = rows(query(file, text, "pushdown", "false"));
      assertEquals(expected, rows(query(bam, text)), text);
      for (Path data : List.of(file, parts, written)) {
        Dataset<Row> query = query(data, text, "splits", "3");
        assertEquals(expected, rows(query), data + ": " + text);
        pushed += Plans.text(query).contains("PushedAggregation: [") ? 1 : 0;
      }
    }
    assertTrue(pushed > QUERIES, pushed + " were pushed down");
  }

  @Test
  void noTaskReadsAFileWhereStatisticsDecide() {
    for (String text :
        List.of(
            "select min(pos), max(pos), count(*) from reads",
            "select rname, count(*) from reads group by rname",
            "select rname, count(*), min(pos), max(pos), max(end) from reads"
                + " where rname is not null group by rname",
            "select count(*), max(tlen), count(mapq) from reads where flag >= 0",
            "select count(*) from reads where rname = 'chr1'",
            "select count(*) from reads where rname in ('chr1', 'x') or rname is null",
            "select count(*) from reads where flag < 0")) {
      List<String> expected = rows(query(file, text, "pushdown", "false"));
      for (Path data : List.of(file, parts)) {
        Dataset<Row> query = query(data, text, "splits", "2");
        assertEquals(expected, rows(query), text);
        assertTrue(Plans.text(query).contains("LocalTableScan"), Plans.text(query));
        assertEquals(List.of(), Plans.scans(query), text);
      }
    }
  }

  @Test
  void onlyUndecidedBatchesAreReadAndOnlyTheirColumns() {
    String text = "select count(*), max(mapq) from reads where rname = 'chr1' and pos <= %d";
    int pos =
        LocalSpark.read(file)
            .filter("rname = 'chr1'")
            .selectExpr("percentile_approx(pos, 0.5)")
            .head()
            .getInt(0);
    Dataset<Row> query = query(file, String.format(text, pos));
    assertEquals(rows(query(file, String.format(text, pos), "pushdown", "false")), rows(query));
    assertEquals(1, Plans.metric(query, "batches"), 1);
    String plan = Plans.text(query);
    assertTrue(plan.contains("PushedFilters: [rname IS NOT NULL"), plan);
    assertTrue(plan.contains("PushedAggregation: [COUNT(*), MAX(mapq)], PushedGroupBy: []"), plan);
  }

  @Test
  void aggregatesOfNothingAreOneRow() {
    for (String condition :
        List.of("rname = 'none'", "flag = -1", "_metadata.file_size < 0", "qname = ''")) {
      assertEquals(
          List.of("[0,0,null,null]"),
          rows(
              LocalSpark.read(parts)
                  .filter(condition)
                  .selectExpr("count(*)", "count(mapq)", "min(pos)", "sum(flag)")),
          condition);
    }
  }

  @Test
  void whatIsNotExactIsSparks() {
    for (String text :
        List.of(
            "select max(qname) from reads",
            "select sum(tags.NM) from reads",
            "select count(distinct flag) from reads",
            "select count(*) from reads where length(qname) > 3",
            "select pos, count(*) from reads group by pos",
            "select rname, flag, count(*) from reads group by rname, flag")) {
      Dataset<Row> query = query(file, text);
      assertFalse(Plans.text(query).contains("PushedAggregation"), text);
      assertEquals(rows(query(file, text, "pushdown", "false")), rows(query), text);
    }
    String plan = Plans.text(query(file, "select max(pos) from reads", "pushdown", "false"));
    assertFalse(plan.contains("PushedAggregation"), plan);
  }

  @Test
  void aLimitWithExactConditionsEndsReading() {
    Dataset<Row> query = LocalSpark.read(file).filter("flag & 16 = 16").select("qname").limit(5);
    assertEquals(5, query.collectAsList().size());
    assertTrue(Plans.text(query).contains("PushedLimit: 5"), Plans.text(query));
    assertTrue(Plans.metric(query, "batches") <= 1);
  }
}
