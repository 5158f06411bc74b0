package org.bamarrow.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Python with PySpark in it.
 *
 * @param version of Spark, such as 4.2.0
 * @param home what Spark calls SPARK_HOME: bin and jars are in it
 */
record PySpark(String python, String version, Path home) {
  private static final Path ROOT = Path.of(System.getProperty("bamarrow.root", ".."));

  /** Those that BAMARROW_PYSPARK names; skips the calling test where it names none. */
  static List<PySpark> all() throws IOException {
    assumeTrue(
        named(),
        "no PySpark; name Pythons that have it with BAMARROW_PYSPARK, joined by "
            + File.pathSeparator);
    List<PySpark> all = new ArrayList<>();
    for (String python : System.getenv("BAMARROW_PYSPARK").split(File.pathSeparator)) {
      String ask = "import pyspark; print(pyspark.__version__); print(pyspark.__path__[0])";
      List<String> lines = Programs.run(python, "-c", ask).orFail().text().lines().toList();
      all.add(new PySpark(python, lines.get(0), Path.of(lines.get(1))));
    }
    return all;
  }

  static boolean named() {
    String named = System.getenv("BAMARROW_PYSPARK");
    return named != null && !named.isBlank();
  }

  /** The last one named that is not older than what the jar is compiled with. */
  static PySpark newest() throws IOException {
    List<PySpark> newer = all().stream().filter(python -> !python.isOlder()).toList();
    assumeTrue(!newer.isEmpty(), "BAMARROW_PYSPARK names no Spark from 4.2 on");
    return newer.get(newer.size() - 1);
  }

  /** The jar for Spark; skips the calling test where it has not been built. */
  static Path jar() {
    Path jar = path();
    assumeTrue(Files.exists(jar), "no Spark jar; mvn package builds " + jar);
    return jar;
  }

  /** Where the jar for Spark is built. */
  static Path path() {
    return ROOT.resolve("spark-datasource/target/bamarrow-spark.jar").toAbsolutePath().normalize();
  }

  static String script(String name) {
    return ROOT.resolve("integration-tests/src/test/python").resolve(name).toString();
  }

  /** Whether it is an older one than the Spark that the jar is compiled with. */
  boolean isOlder() {
    return version.startsWith("3.") || version.startsWith("4.0.") || version.startsWith("4.1.");
  }

  /** Skips the calling test where this Spark does not run on the Java of the test. */
  void requireJava() {
    int java = Runtime.version().feature();
    int newest = version.startsWith("3.") ? 17 : 21; // of the versions before 4.2
    assumeTrue(!isOlder() || java <= newest, "Spark " + version + " does not run on Java " + java);
  }

  /** Runs a script; Spark's driver has the Java of the test. */
  Programs.Result run(String... script) throws IOException {
    List<String> command = new ArrayList<>(List.of(python));
    command.addAll(List.of(script));
    return run(command, Map.of());
  }

  /** Runs a program on this Spark, with {@code more} in the environment. */
  Programs.Result run(List<String> command, Map<String, String> more) throws IOException {
    Map<String, String> environment = new HashMap<>(environment());
    environment.putAll(more);
    return Programs.run(command, environment);
  }

  /** What this Spark brings. */
  List<Path> jarFiles() throws IOException {
    try (Stream<Path> jars = Files.list(home.resolve("jars"))) {
      return jars.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /** As a class path; the launchers expand {@code *}, compilers that run in this JVM do not. */
  String jars() throws IOException {
    return jarFiles().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** Skips the calling test where this Spark does not bring the server of Spark Connect. */
  void requireConnect() throws IOException {
    assumeTrue(
        jarFiles().stream().anyMatch(jar -> jar.getFileName().toString().contains("-connect_")),
        "no server of Spark Connect in PySpark " + version);
  }

  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  /** For Python and for the programs in {@code home/bin}. */
  Map<String, String> environment() {
    return Map.of(
        "JAVA_HOME",
        System.getProperty("java.home"),
        "SPARK_HOME",
        home.toString(),
        "PYSPARK_PYTHON",
        python,
        "PYTHONWARNINGS",
        "ignore::FutureWarning",
        "SPARK_LOCAL_IP",
        "127.0.0.1",
        "SPARK_SUBMIT_OPTS",
        quickStart());
  }

  /** Flags for a quick start, as those of this JVM. */
  private static String quickStart() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-XX:"))
        .collect(Collectors.joining(" "));
  }
}
