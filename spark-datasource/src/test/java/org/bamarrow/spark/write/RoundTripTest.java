package org.bamarrow.spark.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bamarrow.BamToParts;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.PartSize;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code df.write.format("bamarrow")} and what {@code spark.read} makes of it. */
class RoundTripTest {
  private static final String EVERY_TYPE =
      "select id, cast(id %% 100 as tinyint) b, cast(id as smallint) s, cast(id as int) i,"
          + " cast(id / 3 as float) f, id / 7 d, id %% 2 = 0 flag,"
          + " if(id %% 3 = 0, null, concat('row ', id)) text, cast(concat('x', id) as binary) bin,"
          + " cast(id as decimal(20,3)) dec, date_add(date'1969-12-30', cast(id as int)) day,"
          + " timestamp_micros(id * 1000003) ts, cast(timestamp_micros(id) as timestamp_ntz) ntz,"
          + " array(id, null, id + 1) list, map(concat('k', id), id, 'z', null) map,"
          + " named_struct('a', id, 'b', array(named_struct('c', cast(id as string)))) nested,"
          + " make_dt_interval(0, 0, 0, id) span, make_ym_interval(1, cast(id as int)) months,"
          + " cast(null as void) nothing, if(id %% 5 = 0, null, named_struct('x', 1)) maybe"
          + " from range(0, %d, 1, %d)";

  @TempDir Path folder;

  private static Dataset<Row> rows(int count, int partitions) {
    return LocalSpark.SESSION.sql(EVERY_TYPE.formatted(count, partitions));
  }

  private String out() {
    return folder.resolve("out").toString();
  }

  private static DataFrameWriter<Row> writer(Dataset<Row> rows, String... options) {
    DataFrameWriter<Row> writer = rows.write().format("bamarrow").mode("append");
    for (int i = 0; i < options.length; i += 2) {
      writer = writer.option(options[i], options[i + 1]);
    }
    return writer;
  }

  private Manifest manifest() throws IOException {
    return Manifest.read(new LocalPartStore(out(), false));
  }

  private static void assertSame(Dataset<Row> expected, Dataset<Row> found) {
    assertEquals(expected.schema().treeString(), found.schema().treeString());
    assertEquals(expected.schema(), found.schema());
    List<Row> one = expected.collectAsList();
    List<Row> two = found.collectAsList();
    assertEquals(one.size(), two.size());
    for (int i = 0; i < one.size(); i++) {
      assertEquals(one.get(i), two.get(i), "row " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "lz4", "zstd", "zstd:7"})
  void everyTypeComesBackInOrder(String compression) {
    Dataset<Row> rows = rows(1000, 3);
    writer(rows, "compression", compression, "batchRows", "77").save(out());
    assertSame(rows, LocalSpark.read(out()));
  }

  @Test
  void aTaskGoesOnToItsNextPartAndTheOrderStays() throws IOException {
    Dataset<Row> rows = rows(1000, 2);
    writer(rows, "rowsPerPart", "30", "batchRows", "10").save(out());
    assertEquals(34, manifest().parts().size());
    assertSame(rows, LocalSpark.read(out()));
    writer(rows, "bytesPerPart", "1", "batchRows", "100").mode("overwrite").save(out());
    assertEquals(10, manifest().parts().size());
    assertSame(rows, LocalSpark.read(out(), "splits", "3"));
  }

  @Test
  void batchesAreBoundedByBytes() throws IOException {
    Dataset<Row> rows =
        LocalSpark.SESSION.sql("select id, repeat('x', 10000) text from range(0, 100, 1, 1)");
    writer(rows, "batchBytes", "64K", "bytesPerPart", "1").save(out());
    assertEquals(17, manifest().parts().size(), "six rows of 10 kB in each");
  }

  @Test
  void appendAddsAndOverwriteReplaces() throws IOException {
    Dataset<Row> rows = rows(10, 1);
    writer(rows).save(out());
    writer(rows).save(out());
    assertSame(rows.union(rows), LocalSpark.read(out()));
    List<String> names = manifest().parts().stream().map(part -> part.name()).toList();
    assertEquals(names.stream().sorted().toList(), names);
    writer(rows(5, 1)).mode("overwrite").save(out());
    assertSame(rows(5, 1), LocalSpark.read(out()));
    try (var files = Files.list(Path.of(out()))) {
      assertEquals(3, files.count(), "old parts are removed");
    }
  }

  @Test
  void aBrokenManifestCanBeOverwritten() throws IOException {
    writer(rows(10, 1)).save(out());
    Files.writeString(Path.of(out(), Manifest.NAME), "{");
    for (Executable needsIt :
        List.<Executable>of(
            () -> LocalSpark.read(out()).count(), () -> writer(rows(5, 1)).save(out()))) {
      Exception error = assertThrows(Exception.class, needsIt);
      assertTrue(error.getMessage().contains("_manifest.json is broken"), error.getMessage());
    }
    writer(rows(5, 1)).mode("overwrite").save(out());
    assertSame(rows(5, 1), LocalSpark.read(out()));
  }

  @Test
  void aTableMayBeOverwrittenWithItsOwnRows() {
    writer(rows(100, 2)).save(out());
    writer(LocalSpark.read(out()).filter("id >= 50")).mode("overwrite").save(out());
    assertEquals(50, LocalSpark.read(out()).count());
  }

  @Test
  void otherColumnsCannotBeAppended() {
    writer(rows(3, 1)).save(out());
    Dataset<Row> other = LocalSpark.SESSION.sql("select 1 a");
    Exception error = assertThrows(RuntimeException.class, () -> writer(other).save(out()));
    assertTrue(error.getMessage().contains("has other columns"), error.getMessage());
    assertSame(rows(3, 1), LocalSpark.read(out()));
  }

  @Test
  void noRowsKeepTheirColumns() {
    Dataset<Row> rows = rows(0, 1);
    writer(rows).save(out());
    assertSame(rows, LocalSpark.read(out()));
  }

  @Test
  void columnsThatAreNotWantedAreLeftOut() {
    writer(rows(200, 2), "compression", "zstd", "batchRows", "50").save(out());
    Dataset<Row> read = LocalSpark.read(out());
    assertSame(rows(200, 2).select("nested", "id"), read.select("nested", "id"));
    assertEquals(200, read.count());
    assertEquals(
        rows(200, 2).selectExpr("sum(size(list))").head().getLong(0),
        read.selectExpr("sum(size(list))").head().getLong(0));
  }

  @Test
  void bamRecordsGoThroughSparkUnchanged() {
    Path bam = Bams.synth(folder.resolve("in.bam"), SynthProfile.values()[0], 3000);
    Dataset<Row> records = LocalSpark.read(bam, "splits", "3");
    writer(records).save(out());
    assertSame(records, LocalSpark.read(out()));
  }

  @Test
  void aTypeThatArrowLacksIsRefused() {
    Dataset<Row> rows = LocalSpark.SESSION.sql("select make_interval(1, 1, 1, 1) i");
    assertThrows(AnalysisException.class, () -> writer(rows).save(out()));
    assertFalse(Files.exists(Path.of(out())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"append", "overwrite"})
  void bamsAreNeverWrittenTo(String mode) throws IOException {
    Path bam = Bams.synth(folder.resolve("in.bam"), SynthProfile.values()[0], 100);
    byte[] before = Files.readAllBytes(bam);
    Dataset<Row> records = LocalSpark.read(bam);
    for (Path path : List.of(bam, folder)) {
      assertThrows(Exception.class, () -> writer(rows(1, 1)).mode(mode).save(path.toString()));
      assertThrows(Exception.class, () -> writer(records).mode(mode).save(path.toString()));
    }
    assertArrayEquals(before, Files.readAllBytes(bam));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void nothingIsAppendedToConvertedBamsOrToFilesWithoutManifest() throws IOException {
    Path bam = Bams.synth(folder.resolve("in.bam"), SynthProfile.values()[0], 100);
    BamToParts.convert(
        List.of(bam.toString()),
        out(),
        ConvertOptions.defaults(),
        PartSize.count(1),
        Progress.NONE);
    Dataset<Row> records = LocalSpark.read(bam);
    Exception error = assertThrows(RuntimeException.class, () -> writer(records).save(out()));
    assertTrue(error.getMessage().contains("holds converted BAMs"), error.getMessage());
    assertEquals(100, LocalSpark.read(out()).count());
    Files.move(Path.of(out(), manifest().parts().get(0).name()), Path.of(out(), "foreign.arrow"));
    Files.delete(Path.of(out(), Manifest.NAME));
    error = assertThrows(RuntimeException.class, () -> writer(records).save(out()));
    assertTrue(
        error.getMessage().contains("contains Arrow data without a _manifest.json"),
        error.getMessage());
  }
}
