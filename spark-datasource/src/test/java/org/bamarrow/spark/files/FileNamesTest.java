package org.bamarrow.spark.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file has one name, that of Spark's {@code input_file_name()}, however its path is spelled. */
class FileNamesTest {
  @TempDir static Path folder;

  @Test
  void everySpellingOfAPathGivesTheNameThatSparkGivesIt() throws Exception {
    Path bams = Files.createDirectories(folder.resolve("b ä#%"));
    Path bam = Bams.reads(bams.resolve("x y+1.bam"), 2, "NM:5");
    String path = bam.toString();
    String relative = Path.of("").toAbsolutePath().relativize(bam).toString();
    String name =
        LocalSpark.SESSION.read().text(path).selectExpr("input_file_name()").head().getString(0);
    for (String spelling :
        List.of(
            path,
            relative,
            "file:" + path,
            "file://" + path,
            "file:" + bams + "/",
            "file://" + bams,
            bams + "/../" + bams.getFileName() + "//x y+1.bam",
            folder + "/b*/x*.bam",
            "file:" + folder + "/*")) {
      assertEquals(Set.of(name), names(LocalSpark.read(spelling), "_file"), spelling);
      assertEquals(
          Set.of(name),
          names(LocalSpark.read(spelling, "columns", "file"), "file", "input_file_name()"));
    }
    Dataset<Row> header = LocalSpark.read("file:" + path, "table", "header");
    assertEquals(Set.of(), names(header, "file"), "no text, no lines");
  }

  @Test
  void readsAndHeadersJoinByFileHoweverEachWasNamed() {
    Path bam =
        Bams.headerOnly(
            folder.resolve("c d.bam"),
            "@HD\tVN:1.6\n@RG\tID:a\tSM:s\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Dataset<Row> one = LocalSpark.read("file:" + bam, "table", "read_groups");
    Dataset<Row> other = LocalSpark.read("file://" + bam, "table", "header").filter("type = 'RG'");
    assertEquals(1, one.join(other, "file").collectAsList().size());
    assertEquals(names(one, "file"), names(one, "input_file_name()"));
  }

  private static Set<String> names(Dataset<Row> rows, String... columns) {
    return rows.selectExpr(columns).collectAsList().stream()
        .flatMap(row -> java.util.stream.IntStream.range(0, row.size()).mapToObj(row::getString))
        .collect(Collectors.toSet());
  }
}
