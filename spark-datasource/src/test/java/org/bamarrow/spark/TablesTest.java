package org.bamarrow.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.bamarrow.parts.Manifest;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source in SQL, and with schemas that users write. */
class TablesTest {
  @TempDir static Path folder;
  private static Path bam;

  @BeforeAll
  static void make() {
    bam = Bams.synth(folder.resolve("in.bam"), SynthProfile.SHORT, 1_000);
  }

  @Test
  void aTableKeepsItsSchemaAndLeavesTheFileWhenItIsDropped() {
    LocalSpark.sql(
        "CREATE TABLE kept USING bamarrow OPTIONS (path '" + bam + "', tags 'NM:i,MD:Z')");
    assertEquals(1000L, LocalSpark.sql("SELECT count(*) FROM kept").get(0).getLong(0));
    List<Row> direct = LocalSpark.read(bam, "tags", "NM:i,MD:Z").collectAsList();
    assertEquals(direct, LocalSpark.sql("SELECT * FROM kept"));
    LocalSpark.sql("DROP TABLE kept");
    assertTrue(Files.exists(bam));
  }

  @Test
  void aTableWithColumnsOfItsOwnHasThoseOnly() {
    LocalSpark.sql(
        "CREATE TABLE few (pos INT, qname STRING, tags STRUCT<RG: STRING, NM: BIGINT>)"
            + " USING bamarrow LOCATION '"
            + bam
            + "'");
    assertEquals(
        LocalSpark.read(bam).selectExpr("pos", "qname", "struct(tags.RG, tags.NM)").collectAsList(),
        LocalSpark.sql("SELECT * FROM few"));
    LocalSpark.sql("DROP TABLE few");
    assertTrue(Files.exists(bam));
  }

  @Test
  void aTemporaryViewIsReadLikeATable() {
    LocalSpark.sql(
        "CREATE OR REPLACE TEMPORARY VIEW seen USING bamarrow OPTIONS (path '" + bam + "')");
    assertEquals(
        LocalSpark.read(bam).groupBy("rname").count().orderBy("rname").collectAsList(),
        LocalSpark.sql("SELECT rname, count(*) FROM seen GROUP BY rname ORDER BY rname"));
  }

  @Test
  void optionsOfOneQueryAreAddedToTheTables() {
    LocalSpark.sql("CREATE TABLE more USING bamarrow OPTIONS (path '" + bam + "')");
    assertEquals(
        7L, LocalSpark.sql("SELECT count(*) FROM more WITH (limit = 7)").get(0).getLong(0));
    assertEquals(1000L, LocalSpark.sql("SELECT count(*) FROM more").get(0).getLong(0));
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> LocalSpark.sql("SELECT count(*) FROM more WITH (limt = 7)"))
            .getMessage()
            .contains("did you mean limit?"));
    LocalSpark.sql("DROP TABLE more");
  }

  @Test
  void aNewTableHasNoRowsBeforeTheFirstInsert() {
    Path there = folder.resolve("new");
    LocalSpark.sql("CREATE TABLE fresh (a INT, b STRING) USING bamarrow LOCATION '" + there + "'");
    assertEquals(List.of(), LocalSpark.sql("SELECT b FROM fresh WHERE a > 1"));
    assertEquals(0L, LocalSpark.sql("SELECT count(*) FROM fresh").get(0).getLong(0));
    LocalSpark.sql("INSERT INTO fresh VALUES (1, 'x'), (2, 'y')");
    assertEquals(
        List.of(RowFactory.create("y")), LocalSpark.sql("SELECT b FROM fresh WHERE a > 1"));
    LocalSpark.sql("INSERT OVERWRITE fresh SELECT a + 10, b FROM fresh");
    assertEquals(23L, LocalSpark.sql("SELECT sum(a) FROM fresh").get(0).getLong(0));
    LocalSpark.sql("DROP TABLE fresh");
    assertTrue(Files.exists(there.resolve(Manifest.NAME)));
  }

  @Test
  void missingFilesOfATableOfBamsOrOfAReaderAreAnError() throws IOException {
    Path gone = Files.copy(bam, folder.resolve("gone.bam"));
    LocalSpark.sql("CREATE TABLE gone USING bamarrow LOCATION '" + gone + "'");
    Files.delete(gone);
    assertThrows(AnalysisException.class, () -> LocalSpark.sql("SELECT * FROM gone"));
    LocalSpark.sql("DROP TABLE gone");
    var typo = LocalSpark.reader().schema("a INT").load(folder + "/typo");
    assertThrows(AnalysisException.class, typo::count);
  }

  @Test
  void aManagedTableHasADirectoryOfTheCatalogAndGoesWithIt() {
    LocalSpark.sql("CREATE TABLE managed USING bamarrow AS SELECT id FROM range(3)");
    assertEquals(3L, LocalSpark.sql("SELECT count(*) FROM managed").get(0).getLong(0));
    String location = detail("managed", "Location");
    assertEquals("MANAGED", detail("managed", "Type"));
    Path there = Path.of(URI.create(location));
    assertTrue(Files.exists(there.resolve(Manifest.NAME)));
    LocalSpark.sql("DROP TABLE managed");
    assertFalse(Files.exists(there));
    LocalSpark.sql("CREATE TABLE managed (a INT) USING bamarrow TBLPROPERTIES ('made' = 'by me')");
    assertEquals(List.of(), LocalSpark.sql("SELECT * FROM managed"));
    assertEquals("[made=by me]", detail("managed", "Table Properties"));
    LocalSpark.sql("DROP TABLE managed");
  }

  private static String detail(String table, String name) {
    return LocalSpark.sql("DESCRIBE EXTENDED " + table).stream()
        .filter(row -> row.getString(0).equals(name))
        .map(row -> row.getString(1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void describeAndShowCreateTableShowTheLocation() {
    String create = "CREATE TABLE shown USING bamarrow OPTIONS (path '" + bam + "', tags 'NM:i')";
    LocalSpark.sql(create);
    assertEquals(
        bam.toUri().getPath(), Path.of(URI.create(detail("shown", "Location"))).toString());
    assertEquals("EXTERNAL", detail("shown", "Type"));
    assertMadeAgain("shown");
    LocalSpark.sql(
        "CREATE TABLE made USING bamarrow LOCATION '" + folder + "/made' AS SELECT 1 a, 'x' b");
    assertMadeAgain("made");
  }

  private static void assertMadeAgain(String table) {
    List<Row> before = LocalSpark.sql("SELECT * FROM " + table);
    String shown = LocalSpark.sql("SHOW CREATE TABLE " + table).get(0).getString(0);
    LocalSpark.sql("DROP TABLE " + table);
    LocalSpark.sql(shown);
    assertEquals(before, LocalSpark.sql("SELECT * FROM " + table));
    LocalSpark.sql("DROP TABLE " + table);
  }

  @Test
  void aSchemaGivenByTheUserNeedsNoLookIntoTheFiles() {
    var table = LocalSpark.reader().schema("qname STRING, mapq INT").load(folder + "/missing*");
    assertEquals(List.of("qname", "mapq"), List.of(table.columns()));
    List<Row> rows =
        LocalSpark.reader().schema("mapq INT, qname STRING").load(bam.toString()).collectAsList();
    assertEquals(LocalSpark.read(bam).select("mapq", "qname").collectAsList(), rows);
  }

  @Test
  void aSchemaThatNoBamHasIsRefusedWithTheNearestName() {
    assertRefused("qnam STRING", "did you mean qname?");
    assertRefused("pos STRING", "column 'pos' as string, but it can only be read as int");
    assertRefused("tags STRUCT<NM: INT>", "it can only be read as struct<NM:bigint>");
    assertRefused("tags STRING", "not a struct");
  }

  private static void assertRefused(String schema, String why) {
    Exception refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> LocalSpark.reader().schema(schema).load(bam.toString()));
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
  }

  @Test
  void tagsThatDifferInCaseAloneDoNotMakeNamesUnclear() {
    Path twins = folder.resolve("twins");
    assertTrue(twins.toFile().mkdir());
    Bams.reads(twins.resolve("a.bam"), 2, "xs:low");
    Bams.reads(twins.resolve("b.bam"), 3, "XS:high");
    Row row = LocalSpark.read(twins).selectExpr("tags.xs", "other_tags").head();
    assertTrue(row.isNullAt(0));
    assertEquals("low", row.getMap(1).head()._2().toString().replaceFirst("^Z:", ""));
    LocalSpark.SESSION.conf().set("spark.sql.caseSensitive", true);
    try {
      assertEquals(
          "low high",
          LocalSpark.read(twins)
              .selectExpr("concat_ws(' ', max(tags.xs), max(tags.XS))")
              .head()
              .getString(0));
    } finally {
      LocalSpark.SESSION.conf().unset("spark.sql.caseSensitive");
    }
  }

  @Test
  void tagsOfSeveralFilesAreMergedUnlessTheFirstAloneCounts() {
    Path merged = folder.resolve("merged");
    assertTrue(merged.toFile().mkdir());
    Bams.reads(merged.resolve("a.bam"), 2, "AA:1");
    Bams.reads(merged.resolve("b.bam"), 2, "BB:2");
    assertEquals("struct<AA:string,BB:string>", tags(merged));
    assertEquals("struct<AA:string>", tags(merged, "mergeSchema", "false"));
    assertEquals("struct<AA:string,BB:string>", tags(merged, "tags", "scan"));
    assertEquals(
        "{BB=Z:2}".length(),
        LocalSpark.read(merged, "mergeSchema", "false")
            .filter("tags.AA is null")
            .selectExpr("concat('{', map_keys(other_tags)[0], '=', map_values(other_tags)[0], '}')")
            .head()
            .getString(0)
            .length());
  }

  private static String tags(Path path, String... options) {
    return LocalSpark.read(path, options).schema().apply("tags").dataType().catalogString();
  }

  @Test
  void filesOfDifferentGenomesAreRefused() {
    Path genomes = folder.resolve("genomes");
    assertTrue(genomes.toFile().mkdir());
    Bams.headerOnly(genomes.resolve("a.bam"), new byte[0], "chr1", "100");
    Bams.headerOnly(genomes.resolve("b.bam"), new byte[0], "chr1", "200");
    Exception refused = assertThrows(Exception.class, () -> LocalSpark.read(genomes));
    assertTrue(refused.getMessage().contains("reference chr1 has 200 bases here and 100 in"));
  }
}
