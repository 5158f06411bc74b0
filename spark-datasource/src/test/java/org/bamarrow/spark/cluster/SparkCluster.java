package org.bamarrow.spark.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A master and workers of one core, each a process on an address of the loopback of its own, for
 * Spark runs no speculative copy on the host of the first. Closing it ends every process that it or
 * they started, whatever happened.
 */
final class SparkCluster implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 300;
  private static final Pattern MASTER =
      Pattern.compile("Starting Spark master at (spark://[\\d.]+:\\d+)");

  private final SparkHome home;
  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final String master;
  private int applications;

  /**
   * @param folder for logs and work; exists
   */
  SparkCluster(SparkHome home, Path folder, int workers) throws IOException {
    this.home = home;
    this.folder = folder;
    Runtime.getRuntime().addShutdownHook(new Thread(this::close)); // a test run that is interrupted
    try {
      master = startMaster();
      for (int i = 1; i <= workers; i++) {
        startWorker(i);
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private String startMaster() throws IOException {
    Path log = folder.resolve("master.log");
    start(log, "master.Master", List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
    return await(log, MASTER).group(1);
  }

  private void startWorker(int number) throws IOException {
    Path log = folder.resolve("worker" + number + ".log");
    start(
        log,
        "worker.Worker",
        List.of(
            "--host",
            "127.0.0." + number,
            "--port",
            "0",
            "--webui-port",
            "0",
            "--cores",
            "1",
            "--memory",
            "1g",
            "--work-dir",
            folder.resolve("work" + number).toString(),
            master));
    await(log, Pattern.compile("Successfully registered with master"));
  }

  private Process start(Path log, String main, List<String> arguments) throws IOException {
    Process process = home.start(log, "org.apache.spark.deploy." + main, arguments);
    processes.add(process);
    return process;
  }

  /** An application that was submitted; its output is in {@code log}. */
  record Application(Process process, Path log) {
    /**
     * Waits for its end.
     *
     * @return all it printed, Spark's log too
     * @throws IOException if it failed
     */
    String output() throws IOException {
      try {
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        String output = Files.readString(log, StandardCharsets.ISO_8859_1);
        if (!ended || process.exitValue() != 0) {
          throw new IOException((ended ? "failed:\n" : "does not end:\n") + output);
        }
        return output;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }

  /**
   * What {@code spark-submit} does.
   *
   * @param options of spark-submit, the jar of the application and its arguments
   */
  Application submit(List<String> options) throws IOException {
    Path log = log(++applications);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--master", master));
    arguments.addAll(List.of("--conf", "spark.driver.host=127.0.0.1"));
    arguments.addAll(List.of("--conf", "spark.executor.memory=600m"));
    arguments.addAll(List.of("--conf", "spark.ui.enabled=false"));
    arguments.addAll(
        List.of("--conf", "spark.executor.extraJavaOptions=" + SparkHome.quickStart()));
    arguments.addAll(options);
    return new Application(start(log, "SparkSubmit", arguments), log);
  }

  private Matcher await(Path log, Pattern line) throws IOException {
    for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS); ; ) {
      Matcher matcher = line.matcher(Files.readString(log, StandardCharsets.ISO_8859_1));
      if (matcher.find()) {
        return matcher;
      }
      Process last = processes.get(processes.size() - 1);
      if (System.nanoTime() > end || !last.isAlive()) {
        throw new IOException(line + " is not in:\n" + Files.readString(log));
      }
      pause();
    }
  }

  /** Waits for a file that an application leaves, and gives its text. */
  String awaitFile(Path file) throws IOException {
    Application last = new Application(processes.get(processes.size() - 1), log(applications));
    for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS); ; pause()) {
      if (Files.exists(file)) {
        return Files.readString(file);
      }
      if (System.nanoTime() > end || !last.process().isAlive()) {
        throw new IOException(file + " does not come:\n" + Files.readString(last.log()));
      }
    }
  }

  private Path log(int application) {
    return folder.resolve("application" + application + ".log");
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Ends applications before workers, so that no worker starts another executor. */
  @Override
  public void close() {
    List<ProcessHandle> all =
        processes.stream()
            .flatMap(p -> Stream.concat(p.descendants(), Stream.of(p.toHandle())))
            .toList();
    processes.forEach(Process::destroyForcibly);
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(handle -> handle.onExit().join());
  }
}
