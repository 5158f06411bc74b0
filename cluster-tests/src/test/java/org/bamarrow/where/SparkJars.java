package org.bamarrow.where;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Spark's own jars among those of the tests: what a user has to whom we give the packed jar. */
final class SparkJars {
  /** What users pass to {@code spark-submit}. */
  static final Path PACKED =
      Path.of("../spark-datasource/target/bamarrow-spark.jar").toAbsolutePath().normalize();

  private static final List<String> NOT_SPARKS =
      List.of(
          "/org/bamarrow/",
          "/com/github/samtools/",
          "/info/picocli/",
          "/com/github/jnr/jffi/",
          "/com/intel/gkl/",
          "/io/airlift/aircompressor-v3/",
          "/org/broadinstitute/",
          "/hadoop-client-minicluster/",
          "/org/testcontainers/",
          "/com/github/docker-java/",
          "/org/junit/");

  /** What Spark needs for s3a. */
  private static final List<String> OF_S3 = List.of("/software/amazon/", "/hadoop-aws/");

  private SparkJars() {}

  static List<Path> withoutS3() throws IOException {
    return all().stream()
        .filter(jar -> OF_S3.stream().noneMatch(jar.toString()::contains))
        .toList();
  }

  static List<Path> all() throws IOException {
    Path ours = Path.of("..").toRealPath();
    List<Path> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.endsWith(".jar")
          && !Path.of(entry).startsWith(ours)
          && NOT_SPARKS.stream().noneMatch(entry::contains)) {
        jars.add(Path.of(entry));
      }
    }
    return jars;
  }

  /** What Spark's launcher gives every JVM; the test itself was started with it. */
  static Stream<String> jvmOptions() {
    return java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--") || option.startsWith("-XX:+Ignore"));
  }
}
