package org.bamarrow.spark.read;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bamarrow.BamToArrow;
import org.bamarrow.BamToParts;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.PartSize;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.spark.files.Indexes;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metadata columns of BAMs, on Arrow data. */
class ArrowMetadataTest {
  private static final ConvertOptions PLAIN = ConvertOptions.defaults();

  @TempDir static Path folder;
  private static Path bam;
  private static Path plain;
  private static Path parts;
  private static Path written;

  @BeforeAll
  static void convert() throws IOException {
    bam = Bams.synth(folder.resolve("in.bam"), SynthProfile.SHORT, 20_000);
    plain = convert("plain.arrow", PLAIN);
    parts = folder.resolve("parts");
    BamToParts.convert(
        List.of(bam.toString()),
        new LocalPartStore(parts.toString(), true),
        withColumns("voffset", "rid"),
        PartSize.count(5),
        Progress.NONE);
    written = folder.resolve("written");
    LocalSpark.read(bam)
        .selectExpr("qname", "flag", "_rid as rid", "_voffset as voffset", "pos")
        .write()
        .format("bamarrow")
        .save(written.toString());
  }

  private static ConvertOptions withColumns(String... more) {
    List<String> columns = new ArrayList<>(ColumnOptions.CORE);
    columns.addAll(List.of(more));
    return PLAIN.withColumns(ColumnOptions.defaults().withNames(columns));
  }

  private static Path convert(String name, ConvertOptions options) throws IOException {
    Path to = folder.resolve(name);
    BamToArrow.convert(List.of(bam.toString()), to.toString(), options, Progress.NONE);
    return to;
  }

  private static final List<String> ON_IDS =
      List.of(
          "_rid = 1",
          "_rid > 0 and pos < 5000",
          "not (_rid in (0, 2))",
          "_rid is null or _rid = 7777",
          "_rid <=> null and mapq is null",
          "not (_rid = 7777) and pos < 300",
          "_rid <=> 1 or pos < 100",
          "not (_rid <=> 1 or _rid = 0)",
          "(_rid & 1) = 1 and mapq > 30",
          "_rid not in (0, null)",
          "_rid = pos or _rid = 2");

  @Test
  void conditionsOnReferenceIdsGiveSparksOwnAnswer() throws IOException {
    Path indexed = Files.copy(bam, folder.resolve("indexed.bam"));
    Indexes.bai(indexed, folder.resolve("indexed.bam.bai"));
    for (Path data : List.of(bam, indexed, plain, parts, written)) {
      for (String condition : ON_IDS) {
        if (data != written || !condition.contains("mapq")) {
          Dataset<Row> all = LocalSpark.read(data, "pushdown", "false");
          Dataset<Row> some = LocalSpark.read(data).filter(condition);
          String name = condition + " of " + data;
          assertEquals(all.filter(condition).count(), some.count(), name);
          assertEquals(
              all.filter(condition).selectExpr("sum(hash(qname, flag))").head(),
              some.selectExpr("sum(hash(qname, flag))").head(),
              name);
        }
      }
    }
  }

  @Test
  void conditionsOnReferenceIdsAreEvaluatedByTheScan() throws IOException {
    Path small = convert("small.arrow", PLAIN.withBatches(BatchOptions.defaults().withRows(200)));
    for (Path data : List.of(bam, small)) {
      Dataset<Row> query = LocalSpark.read(data).filter("_rid = 1").select("qname");
      assertFalse(Plans.text(query).contains("Filter ("), Plans.text(query));
    }
    Dataset<Row> some = LocalSpark.read(small).filter("_rid = 1").select("qname");
    long rows = some.collectAsList().size();
    assertTrue(rows > 0 && Plans.metric(some, "batchesLeftOut") > 20);
    Path indexed = Files.copy(bam, folder.resolve("ids.bam"));
    Indexes.bai(indexed, folder.resolve("ids.bam.bai"));
    Dataset<Row> region = LocalSpark.read(indexed).filter("_rid = 1").select("qname");
    assertEquals(rows, region.collectAsList().size());
    assertEquals(1, Plans.metric(region, "indexRanges"));
  }

  @Test
  void referenceIdsAreThoseOfTheBam() {
    List<Row> expected =
        LocalSpark.read(bam).select("qname", "flag", "_rid", "pos").collectAsList();
    assertTrue(expected.stream().anyMatch(row -> row.isNullAt(2)), "unplaced records");
    assertTrue(expected.stream().filter(row -> !row.isNullAt(2)).anyMatch(r -> r.getInt(2) > 0));
    for (Path data : List.of(plain, parts, written)) {
      Dataset<Row> rows = LocalSpark.read(data);
      assertFalse(List.of(rows.columns()).contains("_rid"));
      assertEquals(expected, rows.select("qname", "flag", "_rid", "pos").collectAsList());
    }
    List<Row> sorted =
        LocalSpark.read(plain)
            .selectExpr("qname", "flag", "_rid", "pos")
            .orderBy(col("_rid").asc_nulls_last(), col("pos").asc_nulls_last())
            .collectAsList();
    assertEquals(
        expected.stream().map(row -> row.get(2) + ":" + row.get(3)).toList(),
        sorted.stream().map(row -> row.get(2) + ":" + row.get(3)).toList(),
        "the order of the sorted BAM");
  }

  @Test
  void referenceIdsJoinTheTableOfReferences() {
    for (Path data : List.of(bam, plain, parts)) {
      Dataset<Row> references = LocalSpark.read(data, "table", "references");
      Dataset<Row> reads = LocalSpark.read(data).selectExpr("_rid", "rname");
      Dataset<Row> joined = reads.join(references, expr("_rid = id"));
      assertEquals(0, joined.filter("rname <> name").count());
      assertEquals(LocalSpark.read(data).filter("rname is not null").count(), joined.count());
    }
  }

  @Test
  void conditionsOnReferenceIdsAndNames() {
    long expected = LocalSpark.read(bam).filter("_rid = 1 and mapq > 20").count();
    assertTrue(expected > 0);
    for (Path data : List.of(plain, parts)) {
      assertEquals(expected, LocalSpark.read(data).filter("_rid = 1 and mapq > 20").count());
      Row row =
          LocalSpark.read(data)
              .filter("rname = 'chr2'")
              .selectExpr("max(_rid)", "min(_rid)", "max(rname)")
              .head();
      assertEquals("[1,1,chr2]", row.toString());
    }
  }

  @Test
  void theFileIsTheOneThatIsRead() {
    for (Path data : List.of(bam, plain, parts)) {
      Dataset<Row> rows = LocalSpark.read(data);
      assertEquals(0, rows.filter("_file <> input_file_name()").count());
      List<Row> names = rows.select("_file").distinct().collectAsList();
      String one = names.get(0).getString(0);
      assertTrue(one.startsWith(data.toUri().toString()), one);
      Dataset<Row> some = rows.filter("_file = '" + one + "'");
      assertTrue(some.count() > 0);
      assertEquals(names.size() == 1, some.count() == rows.count());
      String text = Plans.text(some);
      assertTrue(text.contains("(1 of " + names.size() + " files)"), text);
    }
  }

  @Test
  void virtualOffsetsAreThoseThatWereConverted() {
    List<Row> expected = LocalSpark.read(bam).select("_voffset").collectAsList();
    for (Path data : List.of(parts, written)) {
      Dataset<Row> rows = LocalSpark.read(data);
      assertEquals(expected, rows.select("_voffset").collectAsList());
      assertEquals(0, rows.filter("_voffset <> voffset").count());
    }
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> LocalSpark.read(plain).select("_voffset").collectAsList())
            .getMessage();
    assertTrue(
        message.endsWith(
            "plain.arrow: has no column voffset, which _voffset needs; convert the BAM with it"),
        message);
  }

  @Test
  void filesOfDifferentReferencesHaveIdsOfTheirOwn() throws IOException {
    Path cohort = Files.createDirectory(folder.resolve("cohort"));
    String[] references = {"a\tLN:9\n@SQ\tSN:b", "b"};
    for (int i = 0; i < 2; i++) {
      String text = "@SQ\tSN:" + references[i] + "\tLN:9\n";
      String[] names = i == 0 ? new String[] {"a", "9", "b", "9"} : new String[] {"b", "9"};
      Path empty =
          Bams.headerOnly(folder.resolve(i + ".bam"), text.getBytes(StandardCharsets.UTF_8), names);
      BamToArrow.convert(
          List.of(empty.toString()), cohort.resolve(i + ".arrow").toString(), PLAIN, Progress.NONE);
    }
    assertEquals(
        "[[a,0], [b,1], [b,0]]",
        LocalSpark.read(cohort, "table", "references")
            .select("name", "id")
            .collectAsList()
            .toString());
    assertEquals(0, LocalSpark.read(cohort).select("_rid").count());
  }

  @Test
  void namesThatTheHeaderLacksAndDataWithoutAHeaderAreErrors() {
    Path renamed = folder.resolve("renamed");
    LocalSpark.SESSION
        .sql("select 'chr1' as rname, 5 as pos")
        .write()
        .format("bamarrow")
        .save(renamed.toString());
    Exception refused =
        assertThrows(
            Exception.class, () -> LocalSpark.read(renamed).select("_rid").collectAsList());
    assertTrue(
        refused.getMessage().contains("the references, which _rid needs, are not known"),
        refused::getMessage);
    Path other = folder.resolve("other");
    LocalSpark.SESSION.range(3).write().format("bamarrow").save(other.toString());
    assertThrows(
        IllegalArgumentException.class,
        () -> LocalSpark.read(other).select("_rid").collectAsList());
    assertEquals(3, LocalSpark.read(other).select("_file", "id").count());
  }

  @Test
  void columnsOfTheTableHideThem() {
    Path hiding = folder.resolve("hiding");
    LocalSpark.SESSION
        .sql("select 'x' as _rid, 7 as _file, 8 as _voffset")
        .write()
        .format("bamarrow")
        .save(hiding.toString());
    assertEquals(
        "[[x,7,8]]",
        LocalSpark.read(hiding).select("_rid", "_file", "_voffset").collectAsList().toString());
  }
}
