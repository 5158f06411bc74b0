package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a small table of a join has reaches the scan of the large one. */
class RuntimeFilterTest {
  private static final int RECORDS = 20_000;

  @TempDir static Path folder;
  private static Path bam;

  @BeforeAll
  static void make() {
    bam = Bams.synth(folder.resolve("short.bam"), SynthProfile.SHORT, RECORDS);
    LocalSpark.read(bam).createOrReplaceTempView("reads");
    LocalSpark.read(bam, "pushdown", "false").createOrReplaceTempView("plain_reads");
  }

  private static void assertFiltered(String join, String small) {
    String file = folder.resolve("small.parquet").toString();
    LocalSpark.SESSION.sql(small).write().mode("overwrite").parquet(file);
    LocalSpark.SESSION.read().parquet(file).createOrReplaceTempView("small_side");
    String query =
        "SELECT r.qname, r.flag FROM reads r JOIN small_side s ON " + join + " WHERE s.wanted = 1";
    Dataset<Row> filtered = LocalSpark.SESSION.sql(query);
    String plan = Plans.text(filtered);
    assertTrue(plan.contains("RuntimeFilters: [dynamicpruning"), plan);
    List<Row> rows = filtered.collectAsList();
    assertEquals(
        LocalSpark.SESSION.sql(query.replace("FROM reads", "FROM plain_reads")).collectAsList(),
        rows);
    assertTrue(!rows.isEmpty() && rows.size() < RECORDS);
    assertEquals(rows.size(), RECORDS - Plans.metric(filtered, "recordsFiltered"));
  }

  @Test
  void aJoinByReferenceFiltersTheScan() {
    assertFiltered("r.rname = s.name", "SELECT 'chr2' name, 1 wanted UNION ALL SELECT 'chr1', 0");
  }

  @Test
  void aJoinByReadNameFiltersTheScan() {
    assertFiltered(
        "r.qname = s.name",
        "SELECT DISTINCT qname name, int(substr(qname, -1) = '7') wanted FROM reads");
  }

  @Test
  void aJoinByATagFiltersTheScan() {
    assertFiltered("r.tags.NM = s.name", "SELECT 3L name, 1 wanted UNION ALL SELECT 2L, 0");
  }
}
