package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import htsjdk.samtools.BAMSBIIndexer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.spark.files.Indexes;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;

/** What the planner is told of the number of rows. */
class ExactRowCountTest {
  private static final int RECORDS = 5_000;
  private static final String CBO = "spark.sql.cbo.enabled";
  private static final String UNKNOWN = "unknown";

  @TempDir static Path folder;
  private static Path bam;

  @BeforeAll
  static void make() throws IOException {
    bam = Bams.synth(folder.resolve("indexed.bam"), SynthProfile.SHORT, RECORDS);
    Indexes.bai(bam, folder.resolve("indexed.bam.bai"));
  }

  @BeforeEach
  void used() {
    LocalSpark.SESSION.conf().set(CBO, true);
  }

  @AfterEach
  void unused() {
    LocalSpark.SESSION.conf().unset(CBO);
    LocalSpark.SESSION.conf().unset("spark.sql.cbo.planStats.enabled");
  }

  private static Path copy(String name) throws IOException {
    return Files.copy(bam, folder.resolve(name));
  }

  private static String rows(Dataset<Row> query) {
    Option<?> count = query.queryExecution().optimizedPlan().stats().rowCount();
    return count.isEmpty() ? UNKNOWN : count.get().toString();
  }

  private static String rows(Path file, String... options) {
    return rows(LocalSpark.read(file, options).select("qname"));
  }

  @Test
  void anIndexCountsTheRecords() throws IOException {
    assertEquals("5000", rows(bam));
    Path csi = copy("csi.bam");
    byte[] bai = Files.readAllBytes(folder.resolve("indexed.bam.bai"));
    Files.write(folder.resolve("csi.bam.csi"), Indexes.csi(bai));
    assertEquals("5000", rows(csi));
    Path sbi = copy("sbi.bam");
    BAMSBIIndexer.createIndex(sbi, 100);
    assertEquals("5000", rows(sbi));
    assertEquals("10000", rows(LocalSpark.read(folder.resolve("{csi,sbi}.bam")).select("pos")));
  }

  @Test
  void nothingIsReadForItWhereSparkDoesNotUseIt() {
    LocalSpark.SESSION.conf().unset(CBO);
    assertEquals(UNKNOWN, rows(bam));
    LocalSpark.SESSION.conf().set("spark.sql.cbo.planStats.enabled", true);
    assertEquals("5000", rows(bam));
  }

  @Test
  void ofFilesWithoutASoundIndexNothingIsKnown() throws IOException {
    assertEquals(UNKNOWN, rows(bam, "index", "off"));
    assertEquals(UNKNOWN, rows(copy("plain.bam")));
    assertEquals(UNKNOWN, rows(LocalSpark.read(folder.resolve("*.bam")).select("pos")));
    Path damaged = copy("damaged.bam");
    byte[] bai = Files.readAllBytes(folder.resolve("indexed.bam.bai"));
    Files.write(folder.resolve("damaged.bam.bai"), Arrays.copyOf(bai, 200));
    assertEquals(UNKNOWN, rows(damaged));
    Path foreign = copy("foreign.bam");
    Path small = Bams.synth(folder.resolve("small.bam"), SynthProfile.SHORT, 500);
    Indexes.bai(small, folder.resolve("foreign.bam.bai"));
    assertEquals(UNKNOWN, rows(foreign));
  }

  @Test
  void anIndexWithoutCountsTellsNone() throws IOException {
    Path other = copy("uncounted.bam");
    byte[] bai = Files.readAllBytes(folder.resolve("indexed.bam.bai"));
    Files.write(folder.resolve("uncounted.bam.bai"), Arrays.copyOf(bai, bai.length - 8));
    assertEquals(UNKNOWN, rows(other), "without n_no_coor");
  }

  @Test
  void whatIsFilteredIsNotCounted() {
    assertEquals(UNKNOWN, rows(bam, "minMQ", "1"));
    assertEquals("5000", rows(bam, "minMQ", "0"));
    Dataset<Row> filtered = LocalSpark.read(bam).filter("flag = 99").select("qname");
    assertEquals(UNKNOWN, scanned(filtered));
    assertEquals("5000", scanned(LocalSpark.read(bam).select("qname")));
  }

  /** What the scan itself tells: of filters above it Spark estimates by itself. */
  private static String scanned(Dataset<Row> query) {
    Option<?> count =
        query.queryExecution().optimizedPlan().collectLeaves().head().stats().rowCount();
    return count.isEmpty() ? UNKNOWN : count.get().toString();
  }

  @Test
  void limitsCutTheNumber() {
    assertEquals("7", rows(bam, "limit", "7"));
    assertEquals("5000", rows(bam, "limit", "7000"));
    assertEquals("0", rows(bam, "limit", "0", "index", "off"));
    assertEquals(UNKNOWN, rows(bam, "limit", "7", "index", "off"));
    assertEquals("5000", scanned(LocalSpark.read(bam).select("qname").limit(5000)));
    assertEquals(UNKNOWN, scanned(LocalSpark.read(bam).select("qname").limit(4999)));
  }

  @Test
  void countsHaveARowForEachTask() {
    LocalSpark.SESSION.conf().unset(CBO);
    Dataset<Row> count = LocalSpark.read(bam, "splits", "3").selectExpr("count(*)");
    assertEquals("3", scanned(count));
    assertEquals(
        "3",
        scanned(LocalSpark.read(bam, "splits", "3").filter("flag = 99").selectExpr("count(*)")));
    assertEquals(
        UNKNOWN, scanned(LocalSpark.read(bam).filter("rname = 'chr2'").selectExpr("count(*)")));
  }
}
