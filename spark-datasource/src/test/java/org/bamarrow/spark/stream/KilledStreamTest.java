package org.bamarrow.spark.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Encoders;
import org.bamarrow.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream whose process is killed has every row exactly once when it has been started again. */
class KilledStreamTest {
  private static final long PATIENCE_SECONDS = 300;

  @TempDir Path place;

  private Process start(Drops drops, String hangsAt, Path mark) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--") || option.startsWith("-XX:+Ignore"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), StreamApp.class.getName()));
    command.addAll(List.of(drops.folder.toString(), drops.checkpoint().toString()));
    command.addAll(List.of(out(), hangsAt, mark.toString()));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log()).start();
  }

  private java.io.File log() {
    return place.resolve("log").toFile();
  }

  private String out() {
    return place.resolve("out").toString();
  }

  /** Kills the stream where it creates a file. */
  private void killAt(Drops drops, String path) throws Exception {
    Path mark = place.resolve("mark");
    Process running = start(drops, ".*/checkpoint/" + path, mark);
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!Files.exists(mark)) {
        assertTrue(running.isAlive() && System.nanoTime() < end, () -> read(log().toPath()));
        Thread.sleep(20);
      }
    } finally {
      running.destroyForcibly().waitFor();
    }
    Files.delete(mark);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private List<String> visible(String log) throws IOException {
    return Drops.names(place.resolve("checkpoint").resolve(log)).stream()
        .filter(name -> !name.startsWith("."))
        .toList();
  }

  @Test
  void everyRowIsThereOnce() throws Exception {
    Drops drops = new Drops(place);
    List.of("a", "b", "c").forEach(drops::drop);

    killAt(drops, "offsets/\\.1\\..*"); // the files of the batch are logged, Spark's offset is not
    assertEquals(List.of("batch-0.json", "batch-1.json"), visible("sources/0"));
    assertEquals(List.of("0"), visible("offsets"));

    killAt(drops, "commits/\\.1\\..*"); // the rows are written, the batch is not committed
    assertEquals(List.of("0", "1"), visible("offsets"));
    assertEquals(List.of("0"), visible("commits"));

    drops.drop("d");
    StreamApp.run(
        LocalSpark.SESSION, drops.folder.toString(), drops.checkpoint().toString(), out());
    assertEquals(List.of("0", "1", "2", "3"), visible("commits"));
    assertEquals(
        List.of("a", "b", "c", "d"),
        LocalSpark.SESSION
            .read()
            .parquet(out())
            .orderBy("qname")
            .select("qname")
            .as(Encoders.STRING())
            .collectAsList());
  }
}
