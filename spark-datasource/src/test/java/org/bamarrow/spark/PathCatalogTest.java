package org.bamarrow.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.bamarrow.parts.Manifest;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Paths as tables of the catalog {@code bamarrow}. */
class PathCatalogTest {
  @TempDir static Path folder;
  private static Path bam;

  @BeforeAll
  static void make() {
    bam = Bams.synth(folder.resolve("in.bam"), SynthProfile.SHORT, 1_000);
  }

  private static String table(String name) {
    return "bamarrow.`" + folder.resolve(name) + "`";
  }

  private static long number(String query) {
    return LocalSpark.sql(query).get(0).getLong(0);
  }

  private static String refused(String statement) {
    return assertThrows(Exception.class, () -> LocalSpark.sql(statement)).getMessage();
  }

  @Test
  void filesDirectoriesAndGlobsAreRead() {
    assertEquals(1000, number("SELECT count(*) FROM " + table("in.bam")));
    List<Row> mapped = LocalSpark.read(bam).filter("mapq > 30").select("qname").collectAsList();
    assertEquals(
        mapped, LocalSpark.sql("SELECT qname FROM " + table("*.bam") + " WHERE mapq > 30"));
    assertEquals(7, number("SELECT count(*) FROM " + table("in.bam") + " WITH (limit = 7)"));
    assertTrue(
        LocalSpark.sql("EXPLAIN SELECT qname FROM " + table("in.bam"))
            .toString()
            .contains("Batch"));
  }

  @Test
  void everySessionHasItWithoutSettingsUnlessThereIsOneOfThatName() {
    SparkSession session = LocalSpark.SESSION.newSession();
    assertEquals(1000, session.table(table("in.bam")).count());
    SparkSession other = LocalSpark.SESSION.newSession();
    other.conf().set("spark.sql.catalog.bamarrow", "no.such.Catalog");
    assertThrows(Exception.class, () -> other.table(table("in.bam")));
    assertEquals(1000, other.read().format("bamarrow").load(bam.toString()).count());
    assertEquals("no.such.Catalog", other.conf().get("spark.sql.catalog.bamarrow"));
  }

  @Test
  void aQueryBecomesADirectoryOnce() {
    String made = table("made");
    LocalSpark.sql("CREATE TABLE " + made + " OPTIONS (compression 'zstd') AS SELECT 1 a, 'x' b");
    assertTrue(Files.exists(folder.resolve("made").resolve(Manifest.NAME)));
    assertTrue(refused("CREATE TABLE " + made + " AS SELECT 2 a").contains("already exists"));
    LocalSpark.sql("CREATE TABLE IF NOT EXISTS " + made + " AS SELECT 2 a");
    LocalSpark.sql("INSERT INTO " + made + " VALUES (3, 'y')");
    assertEquals(
        List.of(RowFactory.create(1, "x"), RowFactory.create(3, "y")),
        LocalSpark.sql("SELECT * FROM " + made));
    LocalSpark.sql("CREATE OR REPLACE TABLE " + made + " AS SELECT a + 1 c FROM " + made);
    assertEquals(
        List.of(RowFactory.create(2), RowFactory.create(4)),
        LocalSpark.sql("SELECT c FROM " + made + " ORDER BY c"));
    LocalSpark.sql("INSERT OVERWRITE " + made + " VALUES (9)");
    assertEquals(9, LocalSpark.sql("SELECT c FROM " + made).get(0).getInt(0));
  }

  @Test
  void aQueryThatFailsLeavesNoTable() {
    String made = table("failed");
    refused("CREATE TABLE " + made + " AS SELECT raise_error('on purpose') a FROM range(3)");
    assertFalse(LocalSpark.SESSION.catalog().tableExists(made));
    LocalSpark.sql("CREATE TABLE " + made + " AS SELECT 1 a");
    refused("CREATE OR REPLACE TABLE " + made + " AS SELECT raise_error('on purpose') a");
    assertEquals(List.of(RowFactory.create(1)), LocalSpark.sql("SELECT * FROM " + made));
  }

  @Test
  void columnsAloneMakeADirectoryWithoutRows() {
    String made = table("columns");
    LocalSpark.sql("CREATE TABLE " + made + " (a INT, b STRING)");
    assertEquals(List.of(), LocalSpark.sql("SELECT * FROM " + made));
    assertEquals("a", LocalSpark.sql("DESCRIBE " + made).get(0).getString(0));
    assertTrue(refused("CREATE TABLE " + made + " (a INT)").contains("already exists"));
    LocalSpark.sql("CREATE OR REPLACE TABLE " + made + " (c INT)");
    assertEquals("c", LocalSpark.sql("DESCRIBE " + made).get(0).getString(0));
  }

  @Test
  void dataFramesAreWrittenToPathsAsTables() throws Exception {
    String made = table("frames");
    var rows = LocalSpark.SESSION.range(5).toDF();
    rows.writeTo(made).option("compression", "lz4").create();
    rows.writeTo(made).append();
    rows.write().mode("append").saveAsTable(made);
    assertEquals(15, LocalSpark.SESSION.table(made).count());
    rows.writeTo(made).createOrReplace();
    assertEquals(5, LocalSpark.SESSION.table(made).count());
  }

  @Test
  void nothingIsListedDroppedOrAltered() {
    LocalSpark.sql("CREATE TABLE " + table("kept") + " AS SELECT 1 a");
    assertTrue(refused("DROP TABLE " + table("kept")).contains("does not delete files"));
    refused("ALTER TABLE " + table("kept") + " ADD COLUMNS (b INT)");
    refused("ALTER TABLE " + table("kept") + " RENAME TO bamarrow.other");
    assertEquals(1, number("SELECT count(*) FROM " + table("kept")));
    assertEquals(List.of(), LocalSpark.sql("SHOW TABLES IN bamarrow"));
    LocalSpark.sql("DROP TABLE IF EXISTS " + table("none"));
  }

  @Test
  void whatIsNotAPathIsAnErrorThatSaysSo() {
    AnalysisException missing =
        assertThrows(
            AnalysisException.class, () -> LocalSpark.sql("SELECT * FROM " + table("none")));
    assertTrue(missing.getMessage().contains("no such file or directory"), missing.getMessage());
    assertFalse(LocalSpark.SESSION.catalog().tableExists(table("none")));
    assertTrue(refused("SELECT * FROM bamarrow.a.b").contains("bamarrow.a.b is not a path"));
    assertTrue(
        refused("CREATE TABLE " + table("p") + " USING parquet AS SELECT 1 a").contains("parquet"));
    assertTrue(
        refused("CREATE TABLE " + table("p") + " (a INT) LOCATION '/x'").contains("'location'"));
    assertTrue(refused("CREATE TABLE " + table("p")).contains("needs columns"));
    assertTrue(
        refused("CREATE OR REPLACE TABLE " + table("in.bam") + " AS SELECT 1 a")
            .contains("holds BAMs"));
  }
}
