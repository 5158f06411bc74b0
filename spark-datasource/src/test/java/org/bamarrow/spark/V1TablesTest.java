package org.bamarrow.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.DelegatingCatalogExtension;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables in a session catalog that wraps Spark's: Spark reads and writes them by DataSource V1. */
class V1TablesTest {
  /** Like Delta's, with regard to tables of other sources. */
  public static final class WrappingCatalog extends DelegatingCatalogExtension {}

  private static SparkSession session;
  @TempDir static Path folder;
  private static Path bam;

  @BeforeAll
  static void make() {
    bam = Bams.synth(folder.resolve("in.bam"), SynthProfile.SHORT, 1_000);
    session = LocalSpark.SESSION.newSession();
    session.conf().set("spark.sql.catalog.spark_catalog", WrappingCatalog.class.getName());
    sql("CREATE TABLE v1bams USING bamarrow OPTIONS (path '" + bam + "', tags 'NM:i,CB:Z')");
  }

  private static List<Row> sql(String text) {
    return session.sql(text).collectAsList();
  }

  private static String plan(String query) {
    return sql("EXPLAIN " + query).get(0).getString(0);
  }

  private static void assertSame(String columns, String condition) {
    List<Row> expected =
        LocalSpark.read(bam, "tags", "NM:i,CB:Z")
            .filter(condition)
            .selectExpr(columns.split(";"))
            .collectAsList();
    String query = "SELECT " + columns.replace(';', ',') + " FROM v1bams WHERE " + condition;
    assertEquals(expected, sql(query), query);
  }

  @Test
  void rowsAndFiltersAreThoseOfV2() {
    assertSame("*", "true");
    assertSame("pos;qname", "mapq > 20 AND rname = 'chr1'");
    assertSame("qname", "mapq >= 20 AND NOT (flag < 100 OR pos <= 5)");
    assertSame("qname;tags.NM", "rname IS NULL OR mapq IN (0, 60)");
    assertSame("count(*)", "rname IS NOT NULL AND qname LIKE '2%' AND flag <=> 99");
    assertSame("sum(tags.NM)", "tags.NM > 1 OR flag & 4 = 0");
  }

  @Test
  void columnsAndFiltersArePushedDown() {
    String plan = plan("SELECT qname FROM v1bams WHERE mapq > 30");
    assertTrue(plan.contains("GreaterThan(mapq,30)"), plan);
    assertTrue(plan.contains("ReadSchema: struct<qname:string,mapq:int>"), plan);
    assertTrue(
        session.table("v1bams").queryExecution().optimizedPlan().stats().sizeInBytes().toLong()
            < 100 << 20);
  }

  @Test
  void filesAreStillReadByV2() {
    String plan =
        session.read().format("bamarrow").load(bam.toString()).queryExecution().toString();
    assertTrue(plan.contains("BatchScan"), plan);
  }

  @Test
  void rowsAreInsertedIntoNewTables() {
    sql("CREATE TABLE v1new (a INT, b STRING) USING bamarrow LOCATION '" + folder + "/new'");
    assertEquals(List.of(), sql("SELECT * FROM v1new"));
    sql("INSERT INTO v1new VALUES (1, 'x')");
    sql("INSERT INTO v1new VALUES (2, 'y')");
    assertEquals(List.of(RowFactory.create("y")), sql("SELECT b FROM v1new WHERE a = 2"));
    sql("INSERT OVERWRITE v1new SELECT a + 10, b FROM v1new");
    assertEquals(List.of(RowFactory.create(11), RowFactory.create(12)), sql("SELECT a FROM v1new"));
    assertThrows(Exception.class, () -> sql("INSERT INTO v1bams SELECT * FROM v1bams"));
    assertThrows(
        Exception.class,
        () -> {
          sql("CREATE TABLE v1wrong (a INT) USING bamarrow OPTIONS (path '/x', compresion 'zstd')");
          sql("SELECT * FROM v1wrong");
        });
  }

  @Test
  void rowsAreInsertedIntoFoldersOfPartitionColumns() {
    String place = folder + "/folders";
    var rows = session.range(4).selectExpr("id", "cast(id % 2 as int) as `k k`");
    rows.write().format("bamarrow").partitionBy("`k k`").save(place);
    sql("CREATE TABLE v1folders USING bamarrow LOCATION '" + place + "'");
    sql("INSERT INTO v1folders VALUES (9, 5)");
    assertEquals(List.of(RowFactory.create(9L)), sql("SELECT id FROM v1folders WHERE `k k` = 5"));
    assertEquals(5, session.table("v1folders").count());
    sql("DROP TABLE v1folders");
  }

  @Test
  void queriesBecomeTables() {
    sql("CREATE TABLE v1made USING bamarrow LOCATION '" + folder + "/made' AS SELECT 1 a");
    var rows = session.range(3).selectExpr("cast(id as int) a");
    rows.write().format("bamarrow").mode("append").saveAsTable("v1made");
    assertEquals(4, session.table("v1made").count());
    rows.write().format("bamarrow").saveAsTable("v1managed");
    assertEquals(3, session.table("v1managed").count());
    assertTrue(sql("SHOW CREATE TABLE v1made").get(0).getString(0).contains("USING bamarrow"));
    assertTrue(
        assertThrows(
                Exception.class,
                () -> sql("CREATE OR REPLACE TABLE v1made USING bamarrow AS SELECT 2 a"))
            .getMessage()
            .contains("REPLACE TABLE AS SELECT"));
    assertEquals(4, session.table("v1made").count());
    sql("DROP TABLE v1managed");
    sql("DROP TABLE v1made");
  }

  @Test
  void optionsOfOneQueryAreRefused() {
    for (String query :
        List.of(
            "SELECT count(*) FROM v1bams WITH (limit = 7)",
            "SELECT 1 WHERE EXISTS (SELECT * FROM default.v1bams WITH (limit = 7))",
            "WITH few AS (SELECT * FROM v1bams WITH (limit = 7)) SELECT count(*) FROM few")) {
      Exception refused = assertThrows(Exception.class, () -> sql(query), query);
      assertTrue(refused.getMessage().contains("options of one query"), refused.getMessage());
    }
    assertEquals(1000, session.table("v1bams").count());
    assertEquals(
        7, sql("SELECT count(*) FROM bamarrow.`" + bam + "` WITH (limit = 7)").get(0).getLong(0));
  }

  @Test
  void theNameBamReadsBamsOnly() {
    assertEquals(1000, session.read().format("bam").load(bam.toString()).count());
    session.range(3).write().format("bamarrow").save(folder + "/arrow");
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> session.read().format("bam").load(folder + "/arrow"))
            .getMessage()
            .contains("use the format bamarrow"));
    for (String mode : List.of("append", "overwrite", "error", "ignore")) {
      assertTrue(
          assertThrows(
                  IllegalArgumentException.class,
                  () -> session.range(3).write().format("bam").mode(mode).save(folder + "/out"))
              .getMessage()
              .contains("does not write BAMs"));
    }
  }
}
