package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.bamarrow.convert.CigarForm;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.QualForm;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TextEncoding;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.spark.files.PartsFileSystem;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark gives is what the core gives, however it is split, pruned or asked for. */
class RecordsTest {
  /** Names are one in upper and lower case, as Spark's are. */
  private static final ConvertOptions AS_SPARK =
      ConvertOptions.defaults().withTags(TagOptions.defaults().withCaseInsensitive(true));

  /** A setting for Hadoop among the options. */
  private static final String PARTS = PartsFileSystem.class.getName();

  @TempDir static Path folder;
  private static Path bam;
  private static Path edge;

  @BeforeAll
  static void make() {
    bam = Bams.synth(folder.resolve("short.bam"), SynthProfile.SHORT, 6_000);
    edge = Bams.synth(folder.resolve("edge.bam"), SynthProfile.EDGE, 400);
  }

  @Test
  void everyColumnOfEveryRecordIsTheCores() throws IOException {
    for (Path file : List.of(bam, edge)) {
      assertSame(
          CoreRows.of(AS_SPARK, file),
          CoreRows.of(LocalSpark.read(file, "splitting", "file").collectAsList()));
    }
  }

  @Test
  void everyOtherFormOfColumnsIsTheCoresToo() throws IOException {
    List<String> names =
        Stream.concat(
                ColumnOptions.CORE.stream(),
                ColumnOptions.ON_DEMAND.stream().filter(name -> !name.equals("file")))
            .toList();
    ColumnOptions columns =
        ColumnOptions.defaults()
            .withNames(names)
            .withCoordinates(Coordinates.ZERO_BASED)
            .withQual(QualForm.NUMBERS)
            .withCigar(CigarForm.OPS)
            .withTextEncoding(TextEncoding.LATIN_1);
    String[] options = {
      "columns", String.join(",", names) + ",tags,other_tags",
      "coordinates", "zero-based",
      "qual", "numbers",
      "cigar", "ops",
      "text-encoding", "latin-1"
    };
    assertSame(
        CoreRows.of(AS_SPARK.withColumns(columns), edge),
        CoreRows.of(LocalSpark.read(edge, options).collectAsList()));
  }

  @Test
  void splitsOfAnySizeGiveTheSameRowsInTheSameOrder() {
    List<Row> whole =
        LocalSpark.read(bam, "splitting", "file").select("qname", "flag", "seq").collectAsList();
    for (String size : List.of("64K", "200000")) {
      Dataset<Row> split = LocalSpark.read(bam, "splitBytes", size);
      assertTrue(split.javaRDD().getNumPartitions() > 1, size);
      assertEquals(whole, split.select("qname", "flag", "seq").collectAsList(), size);
    }
    assertEquals(5, LocalSpark.read(bam, "splits", "5").javaRDD().getNumPartitions());
  }

  @Test
  void severalFilesComeInTheOrderGiven() {
    Path other = Bams.reads(folder.resolve("other.bam"), 3, "RG:x");
    List<Row> rows =
        LocalSpark.SESSION
            .read()
            .format("bamarrow")
            .load(edge.toString(), other.toString(), edge.toString())
            .select("_file", "qname")
            .collectAsList();
    assertEquals(803, rows.size());
    assertEquals(
        List.of("r0", "r1", "r2"),
        rows.subList(400, 403).stream().map(row -> row.getString(1)).toList());
  }

  @Test
  void countReadsNoColumn() {
    assertEquals(6_000, LocalSpark.read(bam).count());
    assertEquals(0, LocalSpark.read(bam).filter("false").count());
  }

  @Test
  void fieldsOfTagsComeAlone() throws IOException {
    Dataset<Row> some = LocalSpark.read(bam).select("tags.NM", "tags.MD");
    String plan = some.queryExecution().executedPlan().toString();
    assertTrue(plan.contains("BatchScan"), plan);
    assertEquals(
        LocalSpark.read(bam).select("tags").collectAsList().stream()
            .map(row -> row.getStruct(0))
            .map(tags -> tags.get(tags.fieldIndex("NM")) + " " + tags.getAs("MD"))
            .toList(),
        some.collectAsList().stream().map(row -> row.get(0) + " " + row.get(1)).toList());
  }

  @Test
  void otherTagsAreTheSameWithAndWithoutTags() {
    Dataset<Row> table = LocalSpark.read(edge, "tags", "NM:i,RG:Z");
    assertSame(
        CoreRows.of(table.select("tags", "other_tags").select("other_tags").collectAsList()),
        CoreRows.of(table.select("other_tags").collectAsList()));
  }

  @Test
  void fileAndVirtualOffsetAreHiddenColumns() {
    Dataset<Row> table = LocalSpark.read(bam);
    assertTrue(!List.of(table.columns()).contains("_file"));
    List<Row> rows =
        table.selectExpr("_file", "input_file_name()", "_voffset").distinct().collectAsList();
    assertEquals(6_000, rows.size());
    String name = bam.toUri().toString();
    assertTrue(rows.stream().allMatch(r -> r.getString(0).equals(name)), rows.get(0)::toString);
    assertTrue(rows.stream().allMatch(r -> r.getString(1).equals(name)), rows.get(0)::toString);
  }

  @Test
  void theirNamesStandBesideTheCoresOwn() {
    Row row =
        LocalSpark.read(bam, "columns", "file,voffset")
            .selectExpr("file", "_file", "voffset", "_voffset")
            .head();
    assertEquals(row.get(0), row.get(1));
    assertEquals(row.getLong(2), row.getLong(3));
    Row rogtk =
        LocalSpark.read(bam, "profile", "rogtk")
            .selectExpr("source_file", "_file", "_voffset")
            .head();
    assertEquals(rogtk.get(0), rogtk.get(1));
    assertEquals(row.getLong(2), rogtk.getLong(2));
  }

  @Test
  void theInputFileIsTheOneOfTheRow() {
    Path other = Bams.reads(folder.resolve("a b%c.bam"), 3);
    List<Row> rows =
        LocalSpark.SESSION
            .read()
            .format("bamarrow")
            .load(edge.toString(), other.toString())
            .selectExpr("_file", "input_file_name()")
            .distinct()
            .collectAsList();
    assertEquals(2, rows.size());
    rows.forEach(row -> assertEquals(row.get(0), row.get(1)));
    assertEquals(
        LocalSpark.SESSION.read().text(other.toString()).selectExpr("input_file_name()").head(),
        LocalSpark.read(other).selectExpr("input_file_name()").head());
  }

  @Test
  void theLimitOptionGivesTheFirstRowsOfAllFilesInOrder() {
    Dataset<Row> table =
        LocalSpark.SESSION
            .read()
            .format("bamarrow")
            .option("limit", 405)
            .load(edge.toString(), bam.toString());
    List<String> names =
        table.select("qname").collectAsList().stream().map(row -> row.getString(0)).toList();
    List<String> first =
        LocalSpark.read(bam).select("qname").limit(5).collectAsList().stream()
            .map(row -> row.getString(0))
            .toList();
    assertEquals(405, names.size());
    assertEquals(first, names.subList(400, 405));
    assertEquals(0, LocalSpark.read(bam, "limit", "0").count());
  }

  @Test
  void filtersInTheWordsOfTheCommandLineAreApplied() {
    long mapped = LocalSpark.read(bam).filter("flag & 4 = 0 and coalesce(mapq, 255) >= 30").count();
    assertTrue(mapped > 0 && mapped < 6_000);
    assertEquals(mapped, LocalSpark.read(bam, "excludeFlags", "UNMAP", "min-mq", "30").count());
    assertEquals(mapped, LocalSpark.read(bam, "expr", "!flag.unmap && mapq >= 30").count());
    assertEquals(
        LocalSpark.read(bam).filter("flag & 64 = 64").count(),
        LocalSpark.read(bam, "require-flags", "0x40").count());
  }

  @Test
  void remoteFilesAreReadAheadAndGiveTheSame() {
    List<Row> local = LocalSpark.read(bam).collectAsList();
    String remote = "parts:" + bam;
    for (String bytes : List.of("0", "64K", "100001")) {
      assertEquals(
          local,
          LocalSpark.read(remote, "readAheadBytes", bytes, "fs.parts.impl", PARTS).collectAsList(),
          bytes);
    }
  }

  @Test
  void hostsThatHoldMostArePreferred() {
    Batch batch =
        Batches.of(
            "parts:" + folder,
            "splitBytes",
            "100K",
            "pathGlobFilter",
            "short.bam",
            "fs.parts.impl",
            PARTS);
    InputPartition[] partitions = batch.planInputPartitions();
    assertTrue(partitions.length > 3);
    assertEquals("h1", partitions[1].preferredLocations()[0]);
    for (InputPartition partition : partitions) {
      assertFalse(List.of(partition.preferredLocations()).contains("localhost"));
    }
  }

  @Test
  void aFileThatGoesAwayBeforeItIsReadIsAnErrorUnlessThatIsIgnored() throws IOException {
    Path gone = Bams.reads(folder.resolve("gone.bam"), 3);
    Dataset<Row> strict = LocalSpark.read(gone);
    Dataset<Row> lenient = LocalSpark.read(gone, "ignoreMissingFiles", "true");
    assertEquals(3, strict.count());
    assertEquals(3, lenient.count());
    Files.delete(gone);
    Exception error = assertThrows(Exception.class, strict::count);
    assertTrue(
        error.getMessage().contains("gone.bam: the file no longer exists"), error::getMessage);
    assertEquals(0, lenient.count());
  }

  @Test
  void statisticsAreTheFilesBytes() {
    assertEquals(
        bam.toFile().length(),
        LocalSpark.read(bam).queryExecution().optimizedPlan().stats().sizeInBytes().toLong());
  }

  /** Tells the first difference only: rows may be long. */
  private static void assertSame(List<String> expected, List<String> rows) {
    assertEquals(expected.size(), rows.size());
    for (int i = 0; i < rows.size(); i++) {
      assertEquals(expected.get(i), rows.get(i), "row " + i);
    }
  }
}
