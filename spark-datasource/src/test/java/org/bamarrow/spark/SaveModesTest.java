package org.bamarrow.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.catalyst.util.CaseInsensitiveMap$;
import org.bamarrow.parts.Manifest;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The save modes {@code error}, which is the default, and {@code ignore}. */
class SaveModesTest {
  @TempDir Path folder;

  private static Dataset<Row> rows(int count) {
    return LocalSpark.SESSION.range(count).toDF();
  }

  private Path out() {
    return folder.resolve("out");
  }

  private void save(Dataset<Row> rows, SaveMode mode) {
    rows.write().format("bamarrow").mode(mode).save(out().toString());
  }

  private void saveByDefault(Dataset<Row> rows) {
    rows.write().format("bamarrow").save(out().toString());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(out())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void assertRefused() throws IOException {
    List<String> before = files();
    AnalysisException error = assertThrows(AnalysisException.class, () -> saveByDefault(rows(5)));
    assertEquals("PATH_ALREADY_EXISTS", error.getCondition());
    save(rows(5), SaveMode.Ignore);
    assertEquals(before, files());
  }

  @Test
  void theDefaultWritesOnceAndThenFails() throws IOException {
    saveByDefault(rows(3));
    assertRefused();
    assertEquals(3, LocalSpark.read(out()).count());
  }

  @Test
  void ignoreWritesOnceAndThenDoesNothing() {
    save(rows(3), SaveMode.Ignore);
    save(rows(4), SaveMode.Ignore);
    assertEquals(3, LocalSpark.read(out()).count());
    save(rows(4), SaveMode.Append);
    assertEquals(7, LocalSpark.read(out()).count());
  }

  @Test
  void anEmptyDirectoryHoldsNothing() throws IOException {
    Files.createDirectories(out().resolve("below"));
    Files.createFile(out().resolve("_SUCCESS"));
    saveByDefault(rows(3));
    assertEquals(3, LocalSpark.read(out()).count());
  }

  @Test
  void partsOfAKilledJobHoldNothingButAManifestDoes() throws IOException {
    saveByDefault(rows(3));
    Files.delete(out().resolve(Manifest.NAME));
    saveByDefault(rows(4));
    assertEquals(4, LocalSpark.read(out()).count());
    save(rows(0), SaveMode.Overwrite);
    assertRefused();
    assertEquals(0, LocalSpark.read(out()).count());
  }

  @Test
  void bamsAndFilesBelowAreKept() throws IOException {
    Files.createDirectories(out().resolve("sample=1"));
    Bams.synth(out().resolve("sample=1/in.bam"), SynthProfile.SHORT, 10);
    assertRefused();
    Files.move(out().resolve("sample=1/in.bam"), out().resolve("in.bam"));
    assertRefused();
    Exception error = assertThrows(Exception.class, () -> save(rows(1), SaveMode.Overwrite));
    assertTrue(error.getMessage().contains("holds BAMs"), error.getMessage());
  }

  @Test
  void aFailedWriteLeavesNothingAndCanBeRepeated() throws IOException {
    Dataset<Row> failing = LocalSpark.SESSION.sql("select raise_error('on purpose') from range(4)");
    assertThrows(Exception.class, () -> saveByDefault(failing));
    assertEquals(List.of(), files());
    saveByDefault(rows(3));
    assertEquals(3, LocalSpark.read(out()).count());
  }

  @Test
  void namesOfHadoopsOptionsKeepTheirCapitals() {
    V1Options seen =
        V1Options.of(
            CaseInsensitiveMap$.MODULE$.apply(
                new scala.collection.immutable.Map.Map3<>(
                    "fs.Given", "x", "__partition_columns", "[\"a\",\"b\"]", "__other", "y")));
    assertEquals(Map.of("fs.Given", "x"), seen.options());
    assertEquals(List.of("a", "b"), List.of(seen.partitionColumns()));
  }
}
