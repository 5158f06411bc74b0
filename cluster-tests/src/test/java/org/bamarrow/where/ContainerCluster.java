package org.bamarrow.where;

import com.github.dockerjava.api.model.Bind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/** A Spark master and two workers of one core, each a container, on a network of their own. */
final class ContainerCluster implements AutoCloseable {
  private static final long PATIENCE_NANOS = 180_000_000_000L;
  private static final Pattern MASTER =
      Pattern.compile("Starting Spark master at (spark://[\\d.]+:\\d+)");

  private final MachineImage image;
  private final String user;
  private final Path shared;
  private final Network network = Network.newNetwork();
  private final List<GenericContainer<?>> containers = new ArrayList<>();
  private final String master;
  private GenericContainer<?> second;

  /**
   * @param shared a folder that all of them see under its own name
   */
  ContainerCluster(MachineImage image, String user, Path shared) {
    this.image = image;
    this.user = user;
    this.shared = shared;
    try {
      GenericContainer<?> first =
          start("Starting Spark master at", "org.apache.spark.deploy.master.Master");
      Matcher found = MASTER.matcher(first.getLogs());
      if (!found.find()) {
        throw new IllegalStateException(first.getLogs());
      }
      master = found.group(1);
      second = worker();
      Startables.deepStart(worker(), second).join();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private GenericContainer<?> worker() {
    return container(
        "Successfully registered with master",
        "org.apache.spark.deploy.worker.Worker",
        "--cores",
        "1",
        "--memory",
        "1g",
        "--work-dir",
        "/tmp/work",
        master);
  }

  private GenericContainer<?> start(String awaited, String... command) {
    GenericContainer<?> container = container(awaited, command);
    container.start();
    return container;
  }

  /** A class of Spark with its arguments; it counts as started once the log has the text. */
  private GenericContainer<?> container(String awaited, String... command) {
    List<String> all = new ArrayList<>(List.of(MachineImage.JAVA));
    SparkJars.jvmOptions().forEach(all::add);
    all.addAll(List.of("-Xmx512m", "-cp", MachineImage.SPARK + "/jars/*"));
    all.addAll(List.of(command));
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image.name))
            .withNetwork(network)
            .withEnv("JAVA_HOME", "/opt/java")
            .withEnv("SPARK_HOME", MachineImage.SPARK)
            .withEnv("SPARK_SCALA_VERSION", "2.13")
            .withEnv("PATH", "/opt/java/bin:/bin")
            .withCommand(all.toArray(String[]::new))
            .waitingFor(
                Wait.forLogMessage(".*" + awaited + ".*", 1)
                    .withStartupTimeout(Duration.ofSeconds(120)))
            .withCreateContainerCmdModifier(
                create ->
                    create
                        .withUser(user)
                        .getHostConfig()
                        .withBinds(Bind.parse(shared + ":" + shared)));
    containers.add(container);
    return container;
  }

  /** What {@code spark-submit} does, in a container too; its options, jar and arguments. */
  GenericContainer<?> submit(String... arguments) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--master", master));
    for (String setting :
        List.of(
            "spark.executor.memory=600m",
            "spark.ui.enabled=false",
            "spark.network.timeout=60s",
            "spark.executor.heartbeatInterval=2s")) {
      command.addAll(List.of("--conf", setting));
    }
    command.addAll(List.of(arguments));
    return start("Submitted application", command.toArray(String[]::new));
  }

  /** Kills the second worker's container, and with it the executors that run in it. */
  void killWorker() {
    second.getDockerClient().killContainerCmd(second.getContainerId()).exec();
  }

  /** Starts another in the place of the one that was killed. */
  void replaceWorker() {
    second.stop();
    second = worker();
    second.start();
  }

  /** Waits until the log matches. */
  static void awaitLog(GenericContainer<?> container, String pattern) throws IOException {
    Pattern wanted = Pattern.compile(pattern);
    for (long end = System.nanoTime() + PATIENCE_NANOS; ; pause()) {
      boolean running = container.isRunning();
      String log = container.getLogs();
      if (wanted.matcher(log).find()) {
        return;
      }
      if (!running || System.nanoTime() > end) {
        throw new IOException("no " + pattern + " in:\n" + log);
      }
    }
  }

  /**
   * Waits for the end.
   *
   * @return all it printed, Spark's log too
   * @throws IOException if it failed
   */
  static String output(GenericContainer<?> container) throws IOException {
    for (long end = System.nanoTime() + PATIENCE_NANOS; container.isRunning(); pause()) {
      if (System.nanoTime() > end) {
        throw new IOException("does not end:\n" + container.getLogs());
      }
    }
    Long code = container.getCurrentContainerInfo().getState().getExitCodeLong();
    if (code == null || code != 0) {
      throw new IOException("exit code " + code + ":\n" + container.getLogs());
    }
    return container.getLogs();
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    for (int i = containers.size() - 1; i >= 0; i--) {
      containers.get(i).stop();
    }
    network.close();
  }
}
