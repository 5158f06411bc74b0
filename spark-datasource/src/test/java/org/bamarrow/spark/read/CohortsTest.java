package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.BamToArrow;
import org.bamarrow.BamToParts;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.Progress;
import org.bamarrow.convert.QualForm;
import org.bamarrow.parts.PartSize;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrow data of several samples, converted one by one, as one table. */
class CohortsTest {
  private static final ConvertOptions AS_IT_IS = ConvertOptions.defaults();

  @TempDir Path folder;
  private Path cohort;

  @BeforeEach
  void makeFolder() throws IOException {
    cohort = Files.createDirectory(folder.resolve("cohort"));
  }

  /** A BAM of one record, named as the sample. */
  private Path bam(String sample, String aux) {
    return Bams.of(folder.resolve(sample + ".bam"), List.of(Bams.record(sample, 9, 5, 30, aux)));
  }

  private Path sample(String name, String aux, ConvertOptions options) throws IOException {
    Path arrow = cohort.resolve(name + ".arrow");
    BamToArrow.convert(
        List.of(bam(name, aux).toString()), arrow.toString(), options, Progress.NONE);
    return arrow;
  }

  private Path sample(String name, String aux) throws IOException {
    return sample(name, aux, AS_IT_IS);
  }

  private Dataset<Row> read(String... options) {
    return LocalSpark.read(cohort, options);
  }

  private static List<String> tags(Dataset<Row> rows) {
    return List.of(((StructType) rows.schema().apply("tags").dataType()).fieldNames());
  }

  private String error() {
    return assertThrows(IllegalArgumentException.class, this::read).getMessage();
  }

  @Test
  void tagsThatASampleLacksAreNull() throws IOException {
    sample("a", "NMC\1RGZx\0");
    sample("b", "CBZcell\0NMC\2");
    sample("c", "");
    Dataset<Row> rows = read();
    assertEquals(List.of("NM", "RG", "CB"), tags(rows));
    assertEquals(
        List.of(
            RowFactory.create("a", 1L, "x", null),
            RowFactory.create("b", 2L, null, "cell"),
            RowFactory.create("c", null, null, null)),
        rows.select("qname", "tags.NM", "tags.RG", "tags.CB").collectAsList());
    assertEquals("b", rows.filter("tags.CB = 'cell'").first().getString(0));
    assertEquals(2, rows.filter("tags.NM is not null").count());
    List<Row> whole = rows.collectAsList();
    assertEquals(
        RowFactory.create(2L, null, "cell"), whole.get(1).getAs("tags"), "the struct as a whole");
    assertEquals(3, rows.drop("other_tags").cache().distinct().count());
    LocalSpark.SESSION.sharedState().cacheManager().clearCache();
  }

  @Test
  void directoriesLoadTogetherAndTheirRowsStayKnown() throws IOException {
    String[] paths = {cohort.resolve("x").toString(), cohort.resolve("y").toString()};
    Path[] bams = {bam("a", "NMC\1"), bam("b", "CBZcell\0")};
    for (int i = 0; i < 2; i++) {
      List<String> input = List.of(bams[i].toString());
      BamToParts.convert(input, paths[i], AS_IT_IS, PartSize.count(1), Progress.NONE);
    }
    Dataset<Row> rows = LocalSpark.reader("requireManifest", "true").load(paths);
    assertEquals(List.of("NM", "CB"), tags(rows));
    List<Row> expected = List.of(RowFactory.create(1L, null), RowFactory.create(null, "cell"));
    assertEquals(expected, rows.select("tags.NM", "tags.CB").collectAsList());
    rows = LocalSpark.read(cohort + "/*", "requireManifest", "true");
    assertEquals(expected, rows.select("tags.NM", "tags.CB").collectAsList());
    sample("z", "NMC\3");
    rows = LocalSpark.read(cohort + "/*");
    assertEquals(3, rows.count(), "directories, and a file beside them");
    LocalSpark.SESSION.conf().set("spark.sql.cbo.enabled", true);
    try {
      Dataset<Row> again = LocalSpark.reader().load(paths);
      assertTrue(
          again
              .queryExecution()
              .optimizedPlan()
              .stats()
              .rowCount()
              .contains(scala.math.BigInt.apply(2)));
    } finally {
      LocalSpark.SESSION.conf().unset("spark.sql.cbo.enabled");
    }
  }

  @Test
  void columnsThatAFileLacksAreNullAndStandBehindThoseOfTheFirst() throws IOException {
    ConvertOptions few =
        AS_IT_IS.withColumns(AS_IT_IS.columns().withNames(List.of("mapq", "file")));
    sample("a", "NMC\1", few);
    sample("b", "NMC\2");
    Dataset<Row> rows = read();
    assertEquals(
        List.of("mapq", "file", "tags", "other_tags", "qname"),
        Arrays.asList(rows.schema().fieldNames()).subList(0, 5));
    assertEquals(
        List.of(RowFactory.create(1L, null, null, null), RowFactory.create(2L, "b", 0, "??")),
        rows.select("tags.NM", "qname", "flag", "qual").collectAsList());
    assertEquals(1, rows.filter("flag is null").count());
    assertEquals(2, rows.select("seq").count());
    assertEquals(
        List.of("mapq", "file", "tags", "other_tags"),
        List.of(read("mergeSchema", "false").schema().fieldNames()));
  }

  @Test
  void withoutMergingTheTagsAreThoseOfTheFirstFile() throws IOException {
    sample("a", "NMC\1");
    sample("b", "CBZcell\0");
    Dataset<Row> rows = read("mergeSchema", "false");
    assertEquals(List.of("NM"), tags(rows));
    assertEquals(1, rows.filter("tags.NM is null").count());
  }

  @Test
  void aTagOfTwoTypesIsAnErrorThatSaysTheWaysOut() throws IOException {
    sample("a", "NMC\1XYZx\0");
    sample("b", "NMC\2XYC\7");
    assertEquals(
        "column tags.XY is string in file:%1$s/a.arrow and bigint in file:%1$s/b.arrow; read them"
                .formatted(cohort)
            + " as separate tables, or with a schema without it, or convert the BAMs again with"
            + " one type for this tag, such as tags=XY:Z",
        error());
    List<Row> rows =
        LocalSpark.reader()
            .schema("qname STRING, tags STRUCT<NM: BIGINT>")
            .load(cohort.toString())
            .collectAsList();
    assertEquals(
        List.of(
            RowFactory.create("a", RowFactory.create(1L)),
            RowFactory.create("b", RowFactory.create(2L))),
        rows);
  }

  @Test
  void aColumnOfTwoTypesIsAnError() throws IOException {
    sample("a", "");
    sample("b", "", AS_IT_IS.withColumns(AS_IT_IS.columns().withQual(QualForm.NUMBERS)));
    assertTrue(error().contains("column qual is string in "), error());
    assertTrue(error().contains("array<tinyint> in "), error());
    assertEquals(2, LocalSpark.reader().schema("qname STRING").load(cohort.toString()).count());
  }

  @Test
  void differentCoordinatesAreAnError() throws IOException {
    sample("a", "");
    sample(
        "b", "", AS_IT_IS.withColumns(AS_IT_IS.columns().withCoordinates(Coordinates.ZERO_BASED)));
    assertTrue(error().contains("a.arrow has 1-based-inclusive coordinates and "), error());
  }

  @Test
  void ofTagsThatDifferInCaseTheOneInMoreFilesIsRead() throws IOException {
    sample("a", "xsC\1");
    sample("b", "XSZx\0");
    sample("c", "XSZy\0NMC\1");
    assertEquals(List.of("XS", "NM"), tags(read()));
    assertEquals(
        List.of(RowFactory.create((Object) null), RowFactory.create("x"), RowFactory.create("y")),
        read().select("tags.XS").collectAsList());
    LocalSpark.SESSION.conf().set("spark.sql.caseSensitive", true);
    try {
      assertEquals(List.of("xs", "XS", "NM"), tags(read()));
      assertEquals(1L, read().select("tags.xs").first().get(0));
    } finally {
      LocalSpark.SESSION.conf().unset("spark.sql.caseSensitive");
    }
  }

  @Test
  void aGivenColumnThatNoFileHasIsAnError() throws IOException {
    sample("a", "NMC\1");
    for (String schema : List.of("depth INT", "tags STRUCT<CB: STRING>")) {
      String said =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> LocalSpark.reader().schema(schema).load(cohort.toString()).count())
              .getMessage();
      assertTrue(said.contains("but the files have none"), said);
    }
  }

  @Test
  void manyFilesAreReadInTheirOrder() throws IOException {
    for (int i = 10; i < 50; i++) {
      sample("s" + i, i % 2 == 0 ? "NMC\1" : "CBZcell\0");
    }
    List<Row> names = read().select("qname").collectAsList();
    assertEquals("s10", names.get(0).getString(0));
    assertEquals("s49", names.get(39).getString(0));
    assertEquals(20, read().filter("tags.CB is null").count());
  }
}
