package org.bamarrow.where;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;

/** {@code spark-submit} of a job of ours, in a process of its own with two threads. */
record LocalJob(Process process, Path log) implements AutoCloseable {
  static final String MAIN = "org.bamarrow.spark.job.ConvertJob";
  private static final long PATIENCE_SECONDS = 180;

  /**
   * Starts the job that converts.
   *
   * @param log gets all it prints
   * @param settings of Hadoop
   * @param arguments behind {@code convert}
   */
  static LocalJob start(Path log, Map<String, String> settings, String... arguments)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("convert"));
    words.addAll(List.of(arguments));
    return start(log, settings, MAIN, words);
  }

  /**
   * Adds a file as a killed job leaves it, has the job that cleans remove it, and waits for that.
   *
   * @param log gets all it prints
   * @param settings of Hadoop
   */
  static void leaveAndClean(
      Path log, Map<String, String> settings, FileSystem system, String directory)
      throws IOException {
    String left = "part-00001-0123456789abcdef-7.arrow";
    system.create(new org.apache.hadoop.fs.Path(directory, left)).close();
    List<String> words = List.of("--older-than", "0", directory);
    try (LocalJob job = start(log, settings, "org.bamarrow.spark.job.CleanJob", words)) {
      job.await();
      List<String> removed = job.output().lines().filter(l -> l.startsWith("removed ")).toList();
      assertEquals(List.of("removed " + left), removed, job.output());
    }
    assertFalse(system.exists(new org.apache.hadoop.fs.Path(directory, left)));
  }

  private static LocalJob start(
      Path log, Map<String, String> settings, String main, List<String> words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    SparkJars.jvmOptions().forEach(command::add);
    String jars =
        SparkJars.all().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    command.addAll(List.of("-Xmx1g", "-cp", jars, "org.apache.spark.deploy.SparkSubmit"));
    command.addAll(List.of("--master", "local[2]", "--conf", "spark.ui.enabled=false"));
    settings.forEach(
        (name, value) -> command.addAll(List.of("--conf", "spark.hadoop." + name + "=" + value)));
    command.addAll(List.of("--class", main, SparkJars.PACKED.toString()));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    return new LocalJob(
        builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
  }

  /** Waits for its good end. */
  void await() throws IOException {
    try {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended || process.exitValue() != 0) {
        throw new IOException((ended ? "failed:\n" : "does not end:\n") + output());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** What it has printed, Spark's log too. */
  String output() throws IOException {
    return Files.readString(log, StandardCharsets.ISO_8859_1);
  }

  /** Kills it if it still runs. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
