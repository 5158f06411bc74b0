package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns from the names of folders, compared with those of Spark's own file sources. */
class PartitionColumnsTest {
  @TempDir Path folder;
  private Path run;

  @BeforeEach
  void name() {
    run = folder.resolve("run");
  }

  /** A BAM with some reads in a folder of the run. */
  private Path bam(String in, int reads) throws IOException {
    return Bams.reads(Files.createDirectories(run.resolve(in)).resolve("x.bam"), reads, "RG:a");
  }

  /** The same folders with one text file each, of one line. */
  private Dataset<Row> spark(String... folders) throws IOException {
    Path text = folder.resolve("text");
    for (String in : folders) {
      Files.writeString(Files.createDirectories(text.resolve(in)).resolve("x.txt"), "line\n");
    }
    return LocalSpark.SESSION.read().text(text.toString());
  }

  private static List<Row> rows(Dataset<Row> of, String... columns) {
    return of.selectExpr(columns)
        .distinct()
        .sort(columns[0], Arrays.copyOfRange(columns, 1, columns.length))
        .collectAsList();
  }

  private static StructType partitions(Dataset<Row> of, int count) {
    StructType all = of.schema();
    return new StructType(Arrays.copyOfRange(all.fields(), all.size() - count, all.size()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 2 -7",
        "1 3000000000",
        "1 123456789012345678901234",
        "1 2.5 1e3",
        "2026-01-31 2025-12-01",
        "2026-01-31 2026-01-31%2012%3A30%3A00",
        "2026-01-31%2012%3A30%3A00.5 2025-12-01%2000%3A00%3A01",
        "007 a",
        "NA12878 __HIVE_DEFAULT_PARTITION__",
        "1 __HIVE_DEFAULT_PARTITION__",
        "a%20b a%2Fb%3Dc%25 %C3%A9",
        "true false",
        "1d 2f",
      })
  void typesAndValuesAreThoseOfSparksFileSources(String values) throws IOException {
    String[] folders =
        Arrays.stream(values.split(" ")).map(value -> "s=" + value).toArray(String[]::new);
    for (String in : folders) {
      bam(in, 2);
    }
    Dataset<Row> theirs = spark(folders);
    Dataset<Row> ours = LocalSpark.read(run);
    assertEquals(partitions(theirs, 1), partitions(ours, 1));
    assertEquals(rows(theirs, "s"), rows(ours, "s"));
    LocalSpark.SESSION.conf().set("spark.sql.sources.partitionColumnTypeInference.enabled", false);
    try {
      theirs = spark(folders);
      ours = LocalSpark.read(run);
      assertEquals(partitions(theirs, 1), partitions(ours, 1));
      assertEquals(rows(theirs, "s"), rows(ours, "s"));
    } finally {
      LocalSpark.SESSION.conf().unset("spark.sql.sources.partitionColumnTypeInference.enabled");
    }
  }

  @Test
  void eachLevelIsAColumnAfterTheOthers() throws IOException {
    String[] folders = {"sample=A/lane=1", "sample=A/lane=2", "sample=B/lane=1"};
    for (String in : folders) {
      bam(in, 3);
    }
    Dataset<Row> reads = LocalSpark.read(run);
    assertEquals(partitions(spark(folders), 2), partitions(reads, 2));
    assertEquals(rows(spark(folders), "sample", "lane"), rows(reads, "sample", "lane"));
    assertEquals(9, reads.count());
    assertEquals(6, reads.filter("sample = 'A'").select("lane", "qname").collectAsList().size());
    assertEquals(
        "[1,r0,A,a]", reads.select("lane", "qname", "sample", "tags.RG").head().toString());
  }

  @Test
  void filtersRemoveFilesBeforePlanning() throws IOException {
    bam("sample=A/day=2026-01-01", 3);
    bam("sample=B/day=2026-01-02", 4);
    bam("sample=__HIVE_DEFAULT_PARTITION__/day=2026-01-03", 5);
    Files.writeString(run.resolve("sample=B/day=2026-01-02/x.bam"), "fails when it is read");
    String schema = "qname STRING, flag INT, sample STRING, day DATE";
    Dataset<Row> reads = LocalSpark.reader().schema(schema).load(run.toString());
    for (String condition :
        List.of(
            "sample = 'A'",
            "sample <=> 'A'",
            "sample < 'B'",
            "'B' > sample",
            "sample LIKE 'A%'",
            "sample IN ('A', 'C')",
            "NOT sample = 'B'",
            "sample <> 'B'",
            "day < date'2026-01-02'",
            "sample = 'A' OR sample IS NULL AND day = date'2026-01-01'",
            "(sample = 'A' AND flag = 4) OR (sample = 'C' AND flag = 5)",
            "_metadata.file_path LIKE '%%' AND sample = 'A'")) {
      assertEquals(3, reads.filter(condition).collectAsList().size(), condition);
    }
    assertEquals(5, reads.filter("sample IS NULL").collectAsList().size());
    assertEquals(8, reads.filter("sample IS NULL OR sample = 'A'").count());
    assertEquals(3, reads.filter("sample = 'A' AND flag = 4").count());
    assertEquals(0, reads.filter("sample = 'A' AND flag = 5").count());
    assertEquals(0, reads.filter("sample = 'Z'").count());
    assertEquals(List.of(), reads.filter("sample = 'Z'").collectAsList());
    String plan = Plans.text(reads.filter("sample = 'A' AND flag = 4").select("qname", "sample"));
    assertTrue(
        plan.contains("PartitionFilters: [sample IS NOT NULL, sample = 'A'] (1 of 3 files)"), plan);
    assertTrue(!plan.contains("Filter" + " ("), plan);
    assertThrows(Exception.class, () -> reads.filter("sample = 'B'").collectAsList());
  }

  @Test
  void countsAndAggregatesStayRight() throws IOException {
    bam("sample=A", 3);
    bam("sample=B", 4);
    Dataset<Row> reads = LocalSpark.read(run);
    Dataset<Row> count = reads.filter("sample = 'B'").groupBy().count();
    String plan = Plans.text(count);
    assertTrue(plan.contains("PushedAggregation: [COUNT(*)]"), plan);
    assertEquals(4, count.head().getLong(0));
    Dataset<Row> groups = reads.groupBy("sample").count().orderBy("sample");
    plan = Plans.text(groups);
    assertTrue(!plan.contains("PushedAggregation"), plan);
    assertEquals("[[A,3], [B,4]]", groups.collectAsList().toString());
    assertEquals(
        "[A,B,2,7,28]",
        reads
            .selectExpr(
                "min(sample)",
                "max(sample)",
                "count(distinct sample)",
                "count(sample)",
                "sum(flag)")
            .head()
            .toString());
    assertEquals(4, reads.filter("sample = 'B'").limit(6).collectAsList().size());
    assertEquals(2, LocalSpark.read(run, "limit", "5").filter("sample = 'B'").count());
    assertEquals(4, LocalSpark.read(run, "pushdown", "false").filter("sample = 'B'").count());
    assertEquals(
        4,
        LocalSpark.read(run, "onTagMismatch", "fail")
            .filter("sample = 'B'")
            .select("tags")
            .collectAsList()
            .size());
  }

  @Test
  void aPartitionColumnReplacesAColumnOfItsNameInItsPlace() throws IOException {
    bam("rname=chr7", 3);
    bam("rname=chr8", 4);
    Dataset<Row> reads = LocalSpark.read(run);
    assertEquals(2, reads.schema().fieldIndex("rname"));
    assertEquals("[[chr7], [chr8]]", rows(reads, "rname").toString());
    assertEquals(3, reads.filter("rname = 'chr7'").count());
    assertEquals(7, reads.filter("rname IS NOT NULL").count());
    assertEquals(
        "[[chr7,3], [chr8,4]]",
        reads.groupBy("rname").count().orderBy("rname").collectAsList().toString());
    assertEquals(7, reads.selectExpr("count(rname)").head().getLong(0));
  }

  @Test
  void aSchemaNamesAndTypesThem() throws IOException {
    bam("lane=1", 1);
    bam("lane=2", 1);
    Dataset<Row> reads =
        LocalSpark.reader().schema("Lane STRING, qname STRING").load(run.toString());
    assertEquals("qname STRING,Lane STRING", reads.schema().toDDL());
    assertEquals("[[1], [2]]", rows(reads, "Lane").toString());
    assertEquals(1, reads.filter("lane = '2'").count());
    reads = LocalSpark.reader().schema("qname STRING").load(run.toString());
    assertEquals("qname STRING,lane INT", reads.schema().toDDL());
    bam("lane=x", 1);
    Exception error =
        assertThrows(
            RuntimeException.class,
            () -> LocalSpark.reader().schema("lane INT").load(run.toString()));
    assertTrue(error.getMessage().contains("Failed to cast value"), error.getMessage());
  }

  @Test
  void basePathAndRecursiveFileLookupAreThoseOfSpark() throws IOException {
    Path one = bam("sample=A/lane=1", 1);
    bam("sample=B/lane=2", 1);
    Path below = run.resolve("sample=A");
    assertEquals(List.of("lane"), List.of(partitions(LocalSpark.read(below), 1).fieldNames()));
    Dataset<Row> based = LocalSpark.read(below, "basePath", run.toString());
    assertEquals("[[A,1]]", rows(based, "sample", "lane").toString());
    based = LocalSpark.read(run + "/sample=*/lane=*/*.bam", "basePath", run.toString());
    assertEquals("[[A,1], [B,2]]", rows(based, "sample", "lane").toString());
    for (Dataset<Row> none :
        List.of(LocalSpark.read(run, "recursiveFileLookup", "true"), LocalSpark.read(one))) {
      assertEquals(-1, List.of(none.columns()).indexOf("lane"));
    }
    for (String bad : List.of(one.toString(), run.resolve("no").toString())) {
      Exception error =
          assertThrows(RuntimeException.class, () -> LocalSpark.read(run, "basePath", bad));
      assertTrue(error.getMessage().contains("is not a directory"), error.getMessage());
    }
    Exception error =
        assertThrows(
            RuntimeException.class,
            () -> LocalSpark.read(run, "basePath", below.toString()).columns());
    assertTrue(
        error.getMessage().contains("is not below the directory of option basePath"),
        error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"lane=1", "sample=A/lane=1", "."})
  void foldersThatContradictEachOtherAreAnError(String other) throws IOException {
    bam("sample=A", 1);
    bam(other, 1);
    Exception error = assertThrows(RuntimeException.class, () -> LocalSpark.read(run).columns());
    String text = error.getMessage();
    assertTrue(
        text.contains("onflicting partition column names")
            || text.contains("CONFLICTING_PARTITION_COLUMN_NAMES")
            || text.contains("is not in a folder for the partition columns (sample)"),
        text);
  }

  @Test
  void twoPathsWithPartitionColumnsAreAnErrorAsInSpark() throws IOException {
    bam("one/sample=A", 1);
    bam("two/sample=B", 1);
    String[] paths = {run.resolve("one").toString(), run.resolve("two").toString()};
    Exception error =
        assertThrows(RuntimeException.class, () -> LocalSpark.reader().load(paths).columns());
    assertTrue(error.getMessage().contains("onflicting directory structures"), error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aJoinRemovesFilesAtRunTime(boolean bams) throws IOException {
    Path bad = bam("sample=B", 4);
    bam("sample=A", 3);
    Dataset<Row> reads = LocalSpark.read(run);
    if (!bams) {
      run = folder.resolve("arrow");
      reads.write().format("bamarrow").mode("append").partitionBy("sample").save(run.toString());
      reads = LocalSpark.read(run);
      try (Stream<Path> parts = Files.list(run.resolve("sample=B"))) {
        bad = parts.findFirst().orElseThrow();
      }
    }
    reads.createOrReplaceTempView("cohort");
    String small = folder.resolve("small").toString();
    LocalSpark.SESSION
        .sql("SELECT 'A' name, 1 wanted UNION ALL SELECT 'B', 0")
        .write()
        .parquet(small);
    LocalSpark.SESSION.read().parquet(small).createOrReplaceTempView("chosen");
    Dataset<Row> joined =
        LocalSpark.SESSION.sql(
            "SELECT /*+ BROADCAST(c) */ r.qname FROM cohort r JOIN chosen c ON r.sample = c.name"
                + " WHERE c.wanted = 1");
    assertTrue(Plans.text(joined).contains("RuntimeFilters: [dynamicpruning"), Plans.text(joined));
    Files.delete(bad); // which would fail
    assertEquals(3, joined.collectAsList().size());
  }

  @Test
  void otherFoldersAreNotEntered() throws IOException {
    bam("sample=A", 1);
    bam("sample=A/more", 5);
    bam("_sample=A", 5);
    Files.delete(run.resolve("_sample=A/x.bam"));
    bam("other", 5);
    bam(".hidden=1", 5);
    assertEquals(1, LocalSpark.read(run).count());
  }

  @Test
  void headerTablesHaveNoPartitionColumns() throws IOException {
    bam("sample=A", 1);
    assertEquals(0, LocalSpark.read(run, "table", "programs").count());
    assertEquals(
        -1, List.of(LocalSpark.read(run, "table", "programs").columns()).indexOf("sample"));
  }
}
