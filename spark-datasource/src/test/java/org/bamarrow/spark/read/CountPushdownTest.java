package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.Corpus;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts walk lengths only, limits stop early, and columns that nobody asks for stay out. */
class CountPushdownTest {
  private static final int SHORT = 30_000;

  @TempDir static Path folder;
  private static Path bam;

  @BeforeAll
  static void make() {
    bam = Bams.synth(folder.resolve("short.bam"), SynthProfile.SHORT, SHORT);
  }

  @Test
  void countsNeedNoRows() {
    Dataset<Row> query =
        LocalSpark.read(bam, "splits", "3")
            .selectExpr("count(*)", "count(flag)", "count(tlen) + 1");
    String plan = Plans.text(query);
    assertTrue(plan.contains("PushedAggregation: [COUNT(*)]"), plan);
    assertEquals("[30000,30000,30001]", query.collectAsList().get(0).toString());
    assertEquals(SHORT, Plans.metric(query, "records"));
    assertEquals(0, Plans.metric(query, "recordsFiltered"));
  }

  @Test
  void countsOfWhatExactFiltersLeaveAreCountsToo() {
    Dataset<Row> query = LocalSpark.read(bam).filter("flag & 16 = 0").selectExpr("count(*)");
    String plan = Plans.text(query);
    assertTrue(plan.contains("PushedAggregation: [COUNT(*)]"), plan);
    long count = query.collectAsList().get(0).getLong(0);
    assertEquals(SHORT - count, Plans.metric(query, "recordsFiltered"));
    assertEquals(LocalSpark.read(bam, "pushdown", "false").filter("flag & 16 = 0").count(), count);
    assertEquals(0, LocalSpark.read(bam).filter("rname = 'no such'").count());
  }

  @Test
  void everyCorpusFileHasItsCount() throws IOException {
    for (Map.Entry<Path, Long> file : Corpus.counts().entrySet()) {
      assertEquals(file.getValue(), counted(file.getKey()), file.getKey().toString());
    }
  }

  /** Without a job, of which there would be hundreds. */
  private static long counted(Path file) throws IOException {
    Dataset<Row> query =
        LocalSpark.read(file, "tags", "none", "allowMissingEof", "true", "splitBytes", "1M")
            .selectExpr("count(*)");
    return Plans.counted(query);
  }

  @Test
  void limitsStopEarly() {
    Dataset<Row> query = LocalSpark.read(bam).filter("flag & 16 = 0").limit(10).select("qname");
    String plan = Plans.text(query);
    assertTrue(plan.contains("PushedLimit: 10"), plan);
    assertEquals(10, query.collectAsList().size());
    assertTrue(Plans.metric(query, "records") < SHORT / 2);
    assertEquals(
        LocalSpark.read(bam).select("qname").collectAsList().subList(7, 12),
        LocalSpark.read(bam, "splitting", "file")
            .select("qname")
            .offset(7)
            .limit(5)
            .collectAsList());
  }

  @Test
  void oneTagIsDecodedAloneWhereverItIsAskedFor() {
    for (Dataset<Row> query :
        List.of(
            LocalSpark.read(bam).select("tags.NM"),
            LocalSpark.read(bam).select("tags.nm"),
            LocalSpark.read(bam).groupBy("tags.NM").count(),
            LocalSpark.read(bam).filter("length(tags.NM) = 1").selectExpr("max(tags.NM)"))) {
      assertEquals(
          "struct<tags:struct<NM:bigint>>",
          Plans.scans(query).get(0).scan().readSchema().catalogString().replace("nm", "NM"));
    }
    Dataset<Row> filtered = LocalSpark.read(bam).filter("tags.NM = 1").select("flag");
    assertEquals(
        "struct<flag:int>", Plans.scans(filtered).get(0).scan().readSchema().catalogString());
  }

  @Test
  void thePlannerIsToldWhatFewerColumnsTake() {
    Dataset<Row> all = LocalSpark.read(bam);
    assertTrue(size(all.select("flag")) < size(all) / 5);
    assertTrue(size(all.select("tags.NM")) < size(all.select("tags")));
    assertEquals(bam.toFile().length(), size(all));
  }

  private static long size(Dataset<Row> query) {
    return query.queryExecution().optimizedPlan().stats().sizeInBytes().toLong();
  }
}
