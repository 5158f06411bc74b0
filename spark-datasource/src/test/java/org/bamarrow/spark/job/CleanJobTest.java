package org.bamarrow.spark.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bamarrow.BamToParts;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.parts.PartSize;
import org.bamarrow.spark.Bams;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line's {@code clean} through Hadoop's file systems. */
class CleanJobTest {
  @TempDir Path folder;
  private Path out;
  private List<String> complete;

  @BeforeEach
  void makeDirectoryWithOrphanFiles() throws IOException {
    out = folder.resolve("out");
    BamToParts.convert(
        List.of(Bams.reads(folder.resolve("in.bam"), 10).toString()),
        out.toString(),
        ConvertOptions.defaults(),
        PartSize.count(1),
        Progress.NONE);
    complete = names();
    Files.createFile(out.resolve("part-00007-0123456789abcdef-3.arrow"));
    Files.createFile(out.resolve("notes.txt"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private record Ended(int code, String out, String error) {}

  private static Ended run(Object... arguments) {
    PrintStream outBefore = System.out;
    PrintStream errorBefore = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream error = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(error, true, StandardCharsets.UTF_8));
    try {
      int code = CleanJob.run(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
      return new Ended(
          code, out.toString(StandardCharsets.UTF_8), error.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(outBefore);
      System.setErr(errorBefore);
    }
  }

  @Test
  void orphanFilesOfEndedJobsAreDeletedAndNothingElse() throws IOException {
    List<String> before = names();
    Ended young = run(out.toUri());
    assertEquals(0, young.code(), young.error());
    assertTrue(young.error().contains("kept 1 file(s)"), young.error());
    assertEquals(before, names());
    Ended ended = run("--older-than", "0", out.toUri());
    assertEquals(0, ended.code(), ended.error());
    assertEquals(
        "removed part-00007-0123456789abcdef-3.arrow" + System.lineSeparator(), ended.out());
    assertEquals(
        Stream.concat(complete.stream(), Stream.of("notes.txt")).sorted().toList(), names());
  }

  @Test
  void whatIsNoDirectoryIsAnErrorAndWhatIsNoOptionIsUsage() {
    Ended missing = run(folder.resolve("nowhere").toUri());
    assertEquals(1, missing.code());
    assertTrue(missing.error().contains("nowhere: no such directory"), missing.error());
    assertEquals(1, run(folder.resolve("in.bam").toUri()).code());
    assertEquals(2, run("--older-then", "0", out).code());
    assertEquals(2, run().code());
  }
}
