package org.bamarrow.spark.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.OrphanFiles;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartNames;
import org.bamarrow.parts.PartsReader;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code partitionBy}: folders as Spark's own file sources write them, and one manifest. */
class PartitionedWriteTest {
  @TempDir Path folder;

  private String out() {
    return folder.resolve("out").toString();
  }

  private static Dataset<Row> sql(String text) {
    return LocalSpark.SESSION.sql(text);
  }

  private static DataFrameWriter<Row> writer(Dataset<Row> rows, String... partitionBy) {
    return rows.write().format("bamarrow").mode("append").partitionBy(partitionBy);
  }

  private LocalPartStore store() {
    return new LocalPartStore(out(), false);
  }

  private List<String> names() throws IOException {
    return Manifest.read(store()).parts().stream().map(Part::name).toList();
  }

  /** Names of the folders with files, of one level. */
  private static TreeSet<String> folders(Path of) throws IOException {
    try (Stream<Path> all = Files.list(of)) {
      TreeSet<String> names = new TreeSet<>();
      all.filter(Files::isDirectory).forEach(path -> names.add(path.getFileName().toString()));
      return names;
    }
  }

  private static Dataset<Row> samples() {
    return sql(
        "SELECT if(id % 3 = 0, 'A', 'B') sample, id, cast(id % 2 AS int) lane"
            + " FROM range(0, 60, 1, 3)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cast(id - 2 AS tinyint)",
        "cast(id * 10000 AS smallint)",
        "cast(id AS int)",
        "id * 10000000000",
        "cast(id / 4 AS float)",
        "cast(id AS double) * 1e20",
        "cast(id / 4 AS decimal(10,2))",
        "cast(id * 1000000000 AS decimal(30,0)) * 1000000000000",
        "id % 2 = 0",
        "date_add(date'1969-12-30', cast(id AS int))",
        "timestamp_micros(id * 1000001 - 1)",
        "cast(timestamp_micros(id * 1500000) AS timestamp_ntz)",
        "concat('a/b=', id, '%:?* é\"', chr(9))",
        "if(id = 1, null, concat(' ', id))",
        "concat('0', id)",
      })
  void foldersAndValuesAreThoseOfSparksFileSources(String value) throws IOException {
    Dataset<Row> rows = sql("SELECT " + value + " AS `p q`, id FROM range(0, 4, 1, 2)");
    Path theirs = folder.resolve("parquet");
    rows.write().partitionBy("p q").parquet(theirs.toString());
    writer(rows, "`p q`").save(out()); // a name that Spark parses
    assertEquals(folders(theirs), folders(Path.of(out())));
    Dataset<Row> read = LocalSpark.read(out());
    StructField column = read.schema().apply("p q");
    assertEquals(rows.schema().apply("p q").dataType(), column.dataType());
    assertEquals(List.of("id", "p q"), List.of(read.columns()));
    assertEquals(
        rows.select("id", "p q").orderBy("id").collectAsList(), read.orderBy("id").collectAsList());
  }

  @Test
  void theFilesDoNotHaveTheColumnsAndTheManifestHasTheirTypes() throws IOException {
    writer(samples(), "sample", "lane").save(out());
    Manifest manifest = Manifest.read(store());
    assertEquals(2, manifest.version());
    assertEquals(
        List.of("id"), manifest.arrowSchema().getFields().stream().map(f -> f.getName()).toList());
    assertEquals(
        List.of("sample", "lane"),
        manifest.arrowPartitionSchema().getFields().stream().map(f -> f.getName()).toList());
    assertEquals(60, manifest.totals().rows());
    assertEquals(12, names().size(), "three tasks write a part for each of four folders");
    for (String name : names()) {
      assertTrue(name.matches("sample=[AB]/lane=[01]/part-\\d+-\\w+-[\\d-]+\\.arrow"), name);
      Dataset<Row> one = sql("SELECT * FROM range(0)");
      assertEquals(
          List.of("id"), List.of(LocalSpark.read(out() + "/" + name).columns()), one.toString());
    }
    assertEquals(20, LocalSpark.read(out()).filter("sample = 'A'").count());
    Dataset<Row> some = LocalSpark.read(out()).filter("lane = 1 AND sample = 'B'");
    String plan = some.queryExecution().executedPlan().toString();
    assertTrue(plan.contains("lane = 1") && plan.contains("(3 of 12 files)"), plan);
    assertEquals(20, some.count());
    assertEquals(
        "[[A,0], [A,1], [B,0], [B,1]]",
        LocalSpark.read(out())
            .select("sample", "lane")
            .distinct()
            .orderBy("sample", "lane")
            .collectAsList()
            .toString());
  }

  @Test
  void aTaskWritesOnePartOfAFolderAtATime() throws IOException {
    writer(samples().coalesce(1), "sample").option("batchRows", "7").save(out());
    assertEquals(2, names().size());
    writer(samples().coalesce(1), "sample")
        .mode("overwrite")
        .option("rowsPerPart", "10")
        .option("batchRows", "5")
        .save(out());
    assertEquals(6, names().size());
    assertEquals(
        samples().select("id", "lane", "sample").orderBy("id").collectAsList(),
        LocalSpark.read(out()).orderBy("id").collectAsList());
  }

  @Test
  void appendNeedsTheSameColumnsAndOverwriteDoesNot() throws IOException {
    writer(samples(), "sample").save(out());
    writer(samples(), "sample").save(out());
    assertEquals(120, LocalSpark.read(out()).count());
    List<String> before = names();
    Dataset<Row> others = sql("SELECT 1 sample, 2L id, 3 lane");
    for (Executable append :
        List.<Executable>of(
            () -> writer(samples()).save(out()),
            () -> writer(samples(), "lane").save(out()),
            () -> writer(samples(), "lane", "sample").save(out()),
            () -> writer(others, "sample").save(out()))) {
      Exception error = assertThrows(RuntimeException.class, append);
      assertTrue(error.getMessage().contains("has partition columns [sample"), error.getMessage());
    }
    assertEquals(before, names());
    writer(samples(), "lane").mode("overwrite").save(out());
    assertEquals(60, LocalSpark.read(out()).count());
    assertEquals("[lane=0, lane=1]", folders(Path.of(out())).toString(), "empty folders go");
    writer(samples()).mode("overwrite").save(out());
    assertEquals(1, Manifest.read(store()).version());
    assertEquals("[]", folders(Path.of(out())).toString());
    assertEquals(List.of("sample", "id", "lane"), List.of(LocalSpark.read(out()).columns()));
    writer(LocalSpark.read(out()), "sample").mode("overwrite").save(out());
    assertEquals(60, LocalSpark.read(out()).count());
  }

  @Test
  void noRowsKeepTheirPartitionColumns() {
    writer(samples().filter("id < 0"), "sample").save(out());
    Dataset<Row> read = LocalSpark.read(out());
    assertEquals("id BIGINT NOT NULL,lane INT,sample STRING", read.schema().toDDL());
    assertEquals(0, read.count());
    writer(samples(), "sample").save(out());
    assertEquals(60, LocalSpark.read(out()).count());
  }

  @Test
  void aJobThatFailsLeavesNothing() throws IOException {
    Dataset<Row> bad =
        samples().selectExpr("if(id = 59, raise_error('bad'), sample) sample", "id", "lane");
    assertThrows(Exception.class, () -> writer(bad, "sample").save(out()));
    assertFalse(Files.exists(Path.of(out())));
    writer(samples(), "sample").save(out());
    List<String> before = names();
    assertThrows(Exception.class, () -> writer(bad, "sample").save(out()));
    assertThrows(Exception.class, () -> writer(bad, "lane").mode("overwrite").save(out()));
    assertEquals(before, names());
    assertEquals("[sample=A, sample=B]", folders(Path.of(out())).toString());
    assertEquals(before.size() + 2, store().list().size(), "manifest and statistics");
  }

  @Test
  void orphanFilesInFoldersAreNeitherReadNorKept() throws IOException {
    writer(samples(), "sample").save(out());
    String orphan = "sample=C/" + new PartNames(PartNames.newJob(), 1).name(0, "1");
    Files.createDirectory(Path.of(out(), "sample=C"));
    Files.copy(Path.of(out(), names().get(0)), Path.of(out(), orphan));
    assertEquals(
        "[[A], [B]]",
        LocalSpark.read(out())
            .select("sample")
            .distinct()
            .orderBy("sample")
            .collectAsList()
            .toString());
    assertEquals(
        List.of(orphan), OrphanFiles.clean(store(), Duration.ZERO, Long.MAX_VALUE).removed());
    assertEquals("[sample=A, sample=B]", folders(Path.of(out())).toString());
  }

  @Test
  void columnsThatCannotBePartitionColumnsAreRefused() throws IOException {
    for (String[] bad :
        new String[][] {
          {"SELECT array(1) p, 1 a", "p"},
          {"SELECT 1 p", "p"},
          {"SELECT 1 `.p`, 1 a", ".p"},
          {"SELECT 1 p, 1 a", "q"},
          {"SELECT cast('a' AS binary) p, 1 a", "p"}
        }) {
      assertThrows(Exception.class, () -> writer(sql(bad[0]), bad[1]).save(out()), bad[0]);
    }
    assertFalse(Files.exists(Path.of(out())));
    Path bams = Files.createDirectory(folder.resolve("bams"));
    Bams.reads(bams.resolve("x.bam"), 3);
    Exception error =
        assertThrows(Exception.class, () -> writer(samples(), "sample").save(bams.toString()));
    assertTrue(error.getMessage().contains("name another directory"), error.getMessage());
    writer(samples(), "sample").save(out());
    error = assertThrows(Exception.class, () -> LocalSpark.read(out() + "/sample=A").columns());
    assertTrue(
        error.getMessage().contains("the whole directory has to be read"), error.getMessage());
  }

  @Test
  void readersWithoutPartitionColumnsSaySo() throws IOException {
    writer(samples(), "sample").save(out());
    try (RootAllocator allocator = new RootAllocator()) {
      Exception error =
          assertThrows(IOException.class, () -> new PartsReader(store(), allocator).close());
      assertTrue(error.getMessage().contains("has partition columns (sample)"), error.getMessage());
    }
  }

  @Test
  void aManifestThatLeavesItsDirectoryIsRefused() throws IOException {
    writer(samples(), "sample").save(out());
    Path manifest = Path.of(out(), Manifest.NAME);
    String text = Files.readString(manifest);
    for (String name : List.of("sample=A/..", "..", "sample", "sample=../sample=A", "./sample=A")) {
      Files.writeString(manifest, text.replaceFirst("sample=A/part", name + "/part"));
      Exception error = assertThrows(Exception.class, () -> LocalSpark.read(out()).columns(), name);
      assertTrue(
          error.getMessage().contains("no name of a file in the directory")
              || error.getMessage().contains("is missing"),
          error.getMessage());
    }
  }

  @Test
  void tablesOfTheCatalogArePartitioned() throws IOException {
    sql("DROP TABLE IF EXISTS cohort");
    sql(
        "CREATE TABLE cohort (id BIGINT, lane INT, sample STRING) USING bamarrow"
            + " PARTITIONED BY (sample) OPTIONS (path '"
            + out()
            + "')");
    sql(
        "INSERT INTO cohort SELECT id, lane, sample FROM VALUES (1L, 2, 'A'), (3L, 4, 'B') t(id,"
            + " lane, sample)");
    sql("INSERT INTO cohort PARTITION (sample = 'C') VALUES (5L, 6)");
    assertEquals(
        "[[1,2,A], [3,4,B], [5,6,C]]",
        sql("SELECT * FROM cohort ORDER BY id").collectAsList().toString());
    assertEquals("[sample=A, sample=B, sample=C]", folders(Path.of(out())).toString());
    assertEquals(1, sql("SELECT * FROM cohort WHERE sample = 'C'").count());
    String described = sql("DESCRIBE cohort").collectAsList().toString();
    assertTrue(described.contains("artition"), described);
    sql("INSERT OVERWRITE cohort VALUES (7L, 8, 'D')");
    assertEquals("[[7,8,D]]", sql("SELECT * FROM cohort").collectAsList().toString());
    sql("DROP TABLE cohort");
    sql("CREATE TABLE cohort USING bamarrow OPTIONS (path '" + out() + "')");
    assertEquals("[[7,8,D]]", sql("SELECT * FROM cohort").collectAsList().toString());
    sql("INSERT INTO cohort VALUES (9L, 8, 'D')");
    assertEquals(2, sql("SELECT * FROM cohort").count());
    sql("DROP TABLE cohort");
  }
}
