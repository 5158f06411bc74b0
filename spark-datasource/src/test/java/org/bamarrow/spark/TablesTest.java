package org.bamarrow.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
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
    LocalSpark.sql("DROP TABLE more");
  }

  @Test
  void sparkItselfRefusesPathsInTheFromClauseForSuchSources() {
    AnalysisException refused =
        assertThrows(
            AnalysisException.class, () -> LocalSpark.sql("SELECT * FROM bamarrow.`" + bam + "`"));
    assertTrue(refused.getMessage().contains("UNSUPPORTED_DATASOURCE_FOR_DIRECT_QUERY"));
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
