package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.internal.filter.RawPredicate;
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
  private static Path arrow;

  @BeforeAll
  static void make() throws IOException {
    bam = Bams.synth(folder.resolve("short.bam"), SynthProfile.SHORT, RECORDS);
    arrow = folder.resolve("short.arrow");
    BamToArrow.convert(
        List.of(bam.toString()),
        arrow.toString(),
        ConvertOptions.defaults().withBatches(BatchOptions.defaults().withRows(200)),
        Progress.NONE);
    LocalSpark.read(bam).createOrReplaceTempView("reads");
    LocalSpark.read(bam, "pushdown", "false").createOrReplaceTempView("plain_reads");
    LocalSpark.read(arrow).createOrReplaceTempView("arrow_reads");
    LocalSpark.read(arrow, "pushdown", "false").createOrReplaceTempView("plain_arrow_reads");
  }

  private static void assertFiltered(String join, String small) {
    Dataset<Row> filtered = filtered("reads", join, small);
    assertEquals(
        filtered.collectAsList().size(), RECORDS - Plans.metric(filtered, "recordsFiltered"));
    filtered("arrow_reads", join, small);
  }

  /** The query of a table, which gives the same as without pushdown. */
  private static Dataset<Row> filtered(String table, String join, String small) {
    String file = folder.resolve("small.parquet").toString();
    LocalSpark.SESSION.sql(small).write().mode("overwrite").parquet(file);
    LocalSpark.SESSION.read().parquet(file).createOrReplaceTempView("small_side");
    String query =
        "SELECT r.qname, r.flag FROM "
            + table
            + " r JOIN small_side s ON "
            + join
            + " WHERE s.wanted = 1";
    Dataset<Row> filtered = LocalSpark.SESSION.sql(query);
    String plan = Plans.text(filtered);
    assertTrue(plan.contains("RuntimeFilters: [dynamicpruning"), plan);
    List<Row> rows = filtered.collectAsList();
    assertEquals(
        LocalSpark.SESSION.sql(query.replace("FROM ", "FROM plain_")).collectAsList(), rows);
    assertTrue(!rows.isEmpty() && rows.size() < RECORDS);
    return filtered;
  }

  @Test
  void ofArrowDataOnlyBatchesOfTheNamesAreRead() {
    Dataset<Row> all = LocalSpark.read(arrow).select("rname", "qname", "flag");
    all.collectAsList();
    Dataset<Row> some =
        filtered(
            "arrow_reads",
            "r.rname = s.name",
            "SELECT 'chr2' name, 1 wanted UNION ALL SELECT 'chr1', 0");
    long batches = Plans.metric(all, "batches");
    long read = Plans.metric(some, "batches");
    assertTrue(read > 0 && read < batches * 3 / 4, read + " of " + batches + " batches");
    assertEquals(batches, read + Plans.metric(some, "batchesLeftOut"));
    long bytes = Plans.metric(some, "bytesRead");
    assertTrue(bytes < Plans.metric(all, "bytesRead"), bytes + " bytes");
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

  @Test
  void aSinglePartitionStaysSingle() {
    InputPartition[] three = new InputPartition[3];
    Arrays.fill(three, new BamPartition(List.of(), new String[] {"host"}));
    RuntimeFilteredBatch batch =
        new RuntimeFilteredBatch(
            batchOf(three[0]),
            batchOf(three),
            new RawPredicate.IsNull(RawField.of(RawField.Column.RNAME)),
            LocalSpark.SESSION.sparkContext());
    InputPartition[] planned = batch.planInputPartitions();
    assertEquals(1, planned.length);
    assertEquals(List.of("host"), List.of(planned[0].preferredLocations()));
  }

  private static Batch batchOf(InputPartition... partitions) {
    return new Batch() {
      @Override
      public InputPartition[] planInputPartitions() {
        return partitions;
      }

      @Override
      public PartitionReaderFactory createReaderFactory() {
        throw new UnsupportedOperationException();
      }
    };
  }
}
