package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Aggregates over raw bytes give what Spark makes of the decoded rows. */
class AggregatePushdownTest {
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
  void aggregatesAreTheSameAsWithoutPushdown() {
    for (String query :
        List.of(
            "sum(mapq), min(pos), max(end), count(tlen), count(*)",
            "sum(tags.NM), min(tags.nm), max(tags.NM), count(tags.NM), avg(tags.NM)",
            "rname, avg(mapq), avg(tlen) group by rname",
            "rname, count(*), sum(tlen), max(mapq) group by rname",
            "flag, count(*) group by flag",
            "mapq, count(*), min(flag) group by mapq",
            "rname, count(1) where flag & 16 = 0 and mapq >= 10 group by rname",
            "rname, count(*) where rname is null group by rname",
            "sum(mapq), max(flag) where flag = 70000",
            "rname, max(pos) where rname like 'chr%' group by rname having max(pos) > 10",
            "max(pos) + min(pnext) where flag & 4 = 4")) {
      for (Path file : List.of(bam, edge)) {
        String asked = file == bam ? query : query.replace("NM", "I0").replace("nm", "i0");
        Dataset<Row> pushed = select(asked, file, "true");
        String plan = Plans.text(pushed);
        assertTrue(plan.contains("PushedAggregation: ["), plan);
        assertEquals(sorted(select(asked, file, "false")), sorted(pushed), asked);
      }
    }
  }

  @Test
  void ofTheScanOneRowAGroupIsLeft() {
    Dataset<Row> query = select("rname, count(*) group by rname", bam, "true");
    String plan = Plans.text(query);
    assertTrue(plan.contains("PushedAggregation: [COUNT(*)], PushedGroupBy: [rname]"), plan);
    long groups = query.count();
    assertEquals(groups, query.collectAsList().size());
    assertEquals(SHORT, Plans.metric(query, "records"));
    assertTrue(Plans.metric(query, "numOutputRows") <= 3 * groups);
  }

  @Test
  void whatTheCoreCannotAggregateIsSparks() {
    for (String query :
        List.of(
            "max(qname)",
            "count(seq)",
            "sum(distinct flag)",
            "count(distinct flag)",
            "sum(flag + 1)",
            "sum(mapq) where length(qname) > 3",
            "count(*) filter (where flag = 4)",
            "pos, count(*) group by pos",
            "rname, flag, count(*) group by rname, flag",
            "flag & 4, count(*) group by flag & 4")) {
      String plan = Plans.text(select(query, bam, "true"));
      assertFalse(plan.contains("PushedAggregation"), plan);
    }
  }

  private static Dataset<Row> select(String query, Path file, String pushdown) {
    LocalSpark.read(file, "pushdown", pushdown, "splits", "3").createOrReplaceTempView("bam");
    int where = query.indexOf(" where ");
    int group = query.indexOf(" group by ");
    int behind = where >= 0 ? where : group >= 0 ? group : query.length();
    return LocalSpark.SESSION.sql(
        "select " + query.substring(0, behind) + " from bam" + query.substring(behind));
  }

  private static List<String> sorted(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().collect(Collectors.toList());
  }
}
