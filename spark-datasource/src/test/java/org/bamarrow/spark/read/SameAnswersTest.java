package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A BAM with an index, and Arrow data converted from it, with pushdown and without, and DuckDB on
 * the same Arrow file give the same answers to random questions.
 */
class SameAnswersTest {
  private static final int RECORDS = 10_000;

  /** Conditions that Spark evaluates in one job; with more its generated code is too large. */
  private static final int CONDITIONS_PER_JOB = 50;

  private static final String DUCKDB =
      """
      import sys
      import duckdb, pyarrow as pa
      data, questions, answers = sys.argv[1:]
      reads = pa.ipc.open_file(data).read_all()
      with open(questions) as asked, open(answers, "w") as out:
          for sql in asked:
              rows = duckdb.sql(sql).fetchall()
              lines = sorted("|".join("null" if v is None else str(v) for v in row) for row in rows)
              out.write(";".join(lines) + "\\n")
      """;

  @TempDir static Path folder;
  private static Path bam;
  private static Path file;
  private static Path parts;

  @BeforeAll
  static void make() throws IOException {
    bam = Bams.synth(folder.resolve("reads.bam"), SynthProfile.SHORT, RECORDS);
    Indexes.bai(bam, folder.resolve("reads.bam.bai"));
    List<String> columns = new ArrayList<>(ColumnOptions.CORE);
    columns.add("voffset");
    ConvertOptions options =
        ConvertOptions.defaults()
            .withColumns(ColumnOptions.defaults().withNames(columns))
            .withBatches(BatchOptions.defaults().withRows(200));
    file = folder.resolve("reads.arrow");
    BamToArrow.convert(List.of(bam.toString()), file.toString(), options, Progress.NONE);
    parts = folder.resolve("parts");
    BamToParts.convert(
        List.of(bam.toString()),
        new LocalPartStore(parts.toString(), true),
        options,
        PartSize.count(3),
        Progress.NONE);
  }

  @Test
  void toSomeQuestions() throws Exception {
    compare(40, 1);
  }

  @Test
  @Tag("full")
  void toManyQuestions() throws Exception {
    compare(500, System.nanoTime());
  }

  private static void compare(int count, long seed) throws Exception {
    List<Row> places =
        LocalSpark.read(bam).select("rname", "pos").filter("pos is not null").collectAsList();
    List<RandomQuery> queries = RandomQuery.some(count, new Random(seed), places);
    List<List<String>> expected = withoutPushdown(bam, queries);
    assertTrue(expected.stream().filter(answer -> !answer.isEmpty()).count() > count / 2);
    assertSame(queries, expected, withoutPushdown(file, queries), "Arrow without, seed " + seed);
    for (Path data : List.of(bam, file, parts)) {
      reads(data, "true");
      List<List<String>> answers = new ArrayList<>();
      for (RandomQuery query : queries) {
        answers.add(RandomQuery.lines(LocalSpark.sql(query.sql("reads"))));
      }
      assertSame(queries, expected, answers, data.getFileName() + " with pushdown, seed " + seed);
    }
    assertSame(queries, expected, duckdb(queries), "DuckDB, seed " + seed);
  }

  private static void reads(Path data, String pushdown) {
    LocalSpark.read(data, "pushdown", pushdown)
        .selectExpr(
            data.equals(bam) ? new String[] {"*", "_voffset as voffset"} : new String[] {"*"})
        .createOrReplaceTempView("reads");
  }

  private static void assertSame(
      List<RandomQuery> queries,
      List<List<String>> expected,
      List<List<String>> actual,
      String by) {
    for (int i = 0; i < queries.size(); i++) {
      assertEquals(expected.get(i), actual.get(i), by + ": " + queries.get(i).sql("reads"));
    }
  }

  /** Spark evaluates the conditions, of many in a job; the answers are computed here. */
  private static List<List<String>> withoutPushdown(Path data, List<RandomQuery> queries) {
    reads(data, "false");
    List<List<String>> answers = new ArrayList<>();
    for (int from = 0; from < queries.size(); from += CONDITIONS_PER_JOB) {
      List<RandomQuery> some =
          queries.subList(from, Math.min(queries.size(), from + CONDITIONS_PER_JOB));
      String[] columns =
          Stream.concat(some.stream().map(RandomQuery::condition), Stream.of(RandomQuery.COLUMNS))
              .toArray(String[]::new);
      List<Row> rows = LocalSpark.SESSION.table("reads").selectExpr(columns).collectAsList();
      for (int i = 0; i < some.size(); i++) {
        int condition = i;
        List<Row> chosen =
            rows.stream()
                .filter(row -> !row.isNullAt(condition) && row.getBoolean(condition))
                .toList();
        answers.add(some.get(i).answer(chosen, some.size()));
      }
    }
    return answers;
  }

  private static List<List<String>> duckdb(List<RandomQuery> queries)
      throws IOException, InterruptedException {
    String python = System.getenv("BAMARROW_PYTHON");
    assumeTrue(python != null, "BAMARROW_PYTHON names no Python with pyarrow and duckdb: skipped");
    Path questions = folder.resolve("questions.sql");
    Path answers = folder.resolve("answers.txt");
    Path errors = folder.resolve("errors.txt");
    Files.write(questions, queries.stream().map(query -> query.duckSql("reads")).toList());
    Process process =
        new ProcessBuilder(
                python, "-c", DUCKDB, file.toString(), questions.toString(), answers.toString())
            .redirectErrorStream(true)
            .redirectOutput(errors.toFile())
            .start();
    assertEquals(0, process.waitFor(), () -> read(errors));
    return Files.readAllLines(answers).stream()
        .map(line -> line.isEmpty() ? List.<String>of() : List.of(line.split(";")))
        .toList();
  }

  private static String read(Path errors) {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
