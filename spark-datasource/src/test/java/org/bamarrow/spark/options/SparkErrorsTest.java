package org.bamarrow.spark.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Spark's users are told of each kind of error: by which class and condition, in which words.
 */
class SparkErrorsTest {
  /** An option as the command line has it. */
  private static final Pattern OPTION_OF_THE_COMMAND_LINE =
      Pattern.compile("(^|\\s|\\()--?[a-zA-Z]");

  @TempDir static Path folder;
  private static Path bam;

  @BeforeAll
  static void make() {
    bam = Bams.synth(folder.resolve("in.bam"), SynthProfile.SHORT, 2_000);
  }

  /** Fails where a user of Spark would read of the command line. */
  private static <E extends Throwable> E thrown(Class<E> type, Executable query) {
    E error = assertThrows(type, query);
    for (Throwable e = error; e != null; e = e.getCause()) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      assertFalse(OPTION_OF_THE_COMMAND_LINE.matcher(message).find(), message);
    }
    return error;
  }

  private static String planning(String condition, Executable query) {
    AnalysisException error = thrown(AnalysisException.class, query);
    assertEquals(condition, error.getCondition(), error.getMessage());
    assertTrue(error.getMessage().startsWith("[" + condition + "] "), error.getMessage());
    assertEquals(1, error.getMessage().lines().count(), error.getMessage());
    return error.getMessage();
  }

  private static String refused(Executable query) {
    return thrown(IllegalArgumentException.class, query).getMessage();
  }

  /** The file's own error below what Spark says about stages, which has it in its first line. */
  private static String inATask(Dataset<Row> rows) {
    SparkException error = thrown(SparkException.class, rows::collectAsList);
    Throwable cause = error;
    while (!(cause instanceof IOException)) {
      cause = cause.getCause();
    }
    return cause.getMessage();
  }

  private static Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void whatIsNotThereIsThePathThatWasNotFound() throws IOException {
    Path missing = folder.resolve("missing.bam");
    for (Object path :
        List.of(missing, folder + "/*.none", Files.createDirectory(folder.resolve("empty")))) {
      String message = planning("PATH_NOT_FOUND", () -> LocalSpark.read(path));
      assertTrue(message.contains(path.toString()), message);
    }
    for (SourceTable table : SourceTable.values()) {
      planning("PATH_NOT_FOUND", () -> LocalSpark.read(missing, "table", table.name()));
    }
    AnalysisException error = assertThrows(AnalysisException.class, () -> LocalSpark.read(missing));
    assertNull(error.getCause(), "Connect prints the stack of every cause");
    assertEquals(missing.toString(), error.getMessageParameters().get("path"));
  }

  @Test
  void whatIsNoBamIsAFileThatCannotBeRead() throws IOException {
    Path text = file("reads.txt", "some text, and more of it".getBytes(StandardCharsets.UTF_8));
    Path empty = file("empty.bam", new byte[0]);
    Path manifest = Files.createDirectory(folder.resolve("broken")).resolve("_manifest.json");
    Files.writeString(manifest, "{");
    for (Path path : List.of(text, empty, manifest.getParent())) {
      String message = planning("FAILED_READ_FILE.NO_HINT", () -> LocalSpark.read(path));
      assertTrue(message.contains(path.getFileName().toString()), message);
    }
  }

  @Test
  void aTaskNamesTheFileAndTheOptionThatReadsTheRest() throws IOException {
    byte[] bytes = Files.readAllBytes(bam);
    Path unmarked = file("unmarked.bam", Arrays.copyOf(bytes, bytes.length - 28));
    Path cut = file("cut.bam", Arrays.copyOf(bytes, bytes.length - 1_000));
    byte[] flipped = bytes.clone();
    flipped[bytes.length / 2] ^= 1;
    Path broken = file("flipped.bam", flipped);
    String message = inATask(LocalSpark.read(unmarked));
    assertTrue(message.contains("unmarked.bam"), message);
    assertTrue(message.contains("allowMissingEof"), message);
    assertEquals(2_000, LocalSpark.read(unmarked, "allowMissingEof", "true").count());
    for (Path path : List.of(cut, broken)) {
      message = inATask(LocalSpark.read(path));
      assertTrue(message.contains(path.getFileName().toString()), message);
      assertEquals(1, message.lines().count(), message);
    }
  }

  @Test
  void everyReaderNamesTheOptionAsSparkHasIt() throws IOException {
    byte[] bytes = Files.readAllBytes(bam);
    Path unmarked = file("unmarked.bam", Arrays.copyOf(bytes, bytes.length - 28));
    byte[] header = "@CO\t\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    Path latin1 = Bams.headerOnly(folder.resolve("latin1.bam"), header);
    Dataset<Row> reads = LocalSpark.read(unmarked);
    Map<Dataset<Row>, String> queries =
        Map.of(
            reads.select("qname"), "allowMissingEof=true",
            reads.selectExpr("count(*)"), "allowMissingEof=true",
            reads.groupBy("rname").agg(Map.of("mapq", "sum")), "allowMissingEof=true",
            LocalSpark.read(latin1, "table", "header"), "textEncoding=latin-1");
    queries.forEach(
        (rows, option) -> {
          String message = inATask(rows);
          assertTrue(message.contains(option), message);
          assertFalse(message.contains("Options."), message);
        });
  }

  @Test
  void whatASourceOfFilesCannotDoSaysWhatToDo() {
    Dataset<Row> rows = LocalSpark.read(bam, "columns", "qname,flag");
    String message =
        refused(() -> rows.write().format("bamarrow").mode("append").save(bam.toString()));
    assertTrue(message.contains("name another directory"), message);
    message = refused(() -> rows.write().format("bamarrow").mode("append").save(folder.toString()));
    assertTrue(message.contains("name another directory"), message);
    message = refused(() -> LocalSpark.sql("CREATE TABLE nowhere USING bamarrow"));
    assertTrue(message.contains("option path"), message);
    message = refused(() -> LocalSpark.read(null));
    assertTrue(message.contains("load()"), message);
    message =
        refused(
            () ->
                LocalSpark.SESSION
                    .readStream()
                    .format("rate")
                    .load()
                    .writeStream()
                    .format("bamarrow")
                    .option("checkpointLocation", folder.resolve("check").toString())
                    .start(folder.resolve("stream").toString()));
    assertTrue(message.contains("write each batch in foreachBatch"), message);
  }

  @Test
  void optionsAreNamedAsSparkHasThem() {
    List<String[]> wrong =
        new ArrayList<>(
            List.of(
                new String[] {"splitting", "guess"},
                new String[] {"minMQ", "300"},
                new String[] {"tags", "X"},
                new String[] {"columns", "qname,nothing"},
                new String[] {"region", "chr1:9-1"},
                new String[] {"splits", "0"},
                new String[] {"qual", "maybe"},
                new String[] {"splitByte", "1"}));
    for (String[] option : wrong) {
      String message = refused(() -> LocalSpark.read(bam, option).collectAsList());
      assertTrue(message.contains(option[0]) || message.contains(option[1]), message);
    }
  }

  @Test
  void aWriteThatCannotBeginOrEndIsAWriteThatFailed() throws IOException {
    Path occupied = file("occupied", new byte[] {1});
    Dataset<Row> rows = LocalSpark.read(bam, "columns", "qname,flag");
    AnalysisException error =
        thrown(
            AnalysisException.class,
            () -> rows.write().format("bamarrow").mode("overwrite").save(occupied + "/below"));
    assertTrue(error.getMessage().contains("occupied"), error.getMessage());
    IOException cause = new IOException("f: no space");
    for (Throwable given : List.of(cause, new UncheckedIOException(cause))) {
      AnalysisException told =
          assertThrows(
              AnalysisException.class,
              () ->
                  SparkErrors.whenWriting(
                      "out",
                      () -> {
                        if (given instanceof IOException io) {
                          throw io;
                        }
                        throw (RuntimeException) given;
                      }));
      assertEquals("TASK_WRITE_FAILED", told.getCondition());
      assertEquals("[TASK_WRITE_FAILED] f: no space", told.getMessage());
      assertEquals(cause, told.getCause());
    }
    assertEquals(1, Files.size(occupied));
  }
}
