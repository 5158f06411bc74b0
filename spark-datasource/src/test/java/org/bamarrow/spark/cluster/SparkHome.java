package org.bamarrow.spark.cluster;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Spark that runs in processes of its own.
 *
 * @param folder as SPARK_HOME: {@code jars} is in it
 */
record SparkHome(Path folder) {
  /** On the test's class path, but none of Spark's. */
  private static final List<String> NOT_SPARKS =
      List.of(
          "bamarrow",
          "htsjdk",
          "picocli",
          "gkl",
          "jffi",
          "aircompressor-v3",
          "junit",
          "opentest4j",
          "apiguardian",
          "jspecify",
          "surefire");

  /** Links to the jars that the test itself found: the Spark that the build downloaded. */
  static SparkHome ofTheBuild() throws IOException {
    Path folder = Path.of("target/spark-home").toAbsolutePath();
    Path jars = Files.createDirectories(folder.resolve("jars"));
    try (Stream<Path> before = Files.list(jars)) {
      for (Path link : before.toList()) {
        Files.delete(link);
      }
    }
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path jar = Path.of(entry);
      String name = jar.getFileName().toString();
      if (name.endsWith(".jar") && NOT_SPARKS.stream().noneMatch(name::startsWith)) {
        Files.createSymbolicLink(jars.resolve(name), jar.toAbsolutePath());
      }
    }
    return new SparkHome(folder);
  }

  /** A class of Spark in a JVM of its own; output goes to {@code log}. */
  Process start(Path log, String main, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions());
    command.addAll(List.of("-Xmx512m", "-cp", folder.resolve("jars") + "/*", main));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME", folder.toString(),
                "SPARK_SCALA_VERSION", "2.13", // bin/load-spark-env.sh would set it
                "SPARK_LOCAL_DIRS", log.getParent().toString(),
                "JAVA_HOME", System.getProperty("java.home")));
    return builder.start();
  }

  /** What Spark's launcher gives every JVM, and flags for a quick start: as the test's own. */
  private static List<String> jvmOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--") || option.startsWith("-XX:"))
        .toList();
  }

  /** Flags for a quick start alone: Spark's own launcher gives executors the others. */
  static String quickStart() {
    return jvmOptions().stream()
        .filter(option -> option.startsWith("-XX:"))
        .collect(Collectors.joining(" "));
  }
}
