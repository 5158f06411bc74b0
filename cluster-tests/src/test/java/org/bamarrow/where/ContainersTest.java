package org.bamarrow.where;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** The packed jar, submitted to a Spark of which each process is a container. */
@Tag("machines")
class ContainersTest {
  @TempDir static Path folder;
  private static MachineImage image;
  private static ContainerCluster cluster;
  private static Path shared;
  private static Path bam;
  private static Path packed;
  private static boolean killed;

  @BeforeAll
  static void start() throws IOException {
    Reads.requirePackedJar();
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "no Docker engine answers; .ci/docker start starts one");
    shared = Files.createDirectory(folder.resolve("shared"));
    bam = Reads.synth(shared.resolve("reads.bam"), 100_000);
    packed = Files.copy(SparkJars.PACKED, shared.resolve("bamarrow-spark.jar"));
    pack(shared.resolve("application.jar"));
    String user =
        Files.getAttribute(folder, "unix:uid") + ":" + Files.getAttribute(folder, "unix:gid");
    image = new MachineImage(folder.resolve("image"), user, SparkJars.withoutS3());
    cluster = new ContainerCluster(image, user, shared);
  }

  private static void pack(Path jar) throws IOException {
    String name = SumsApp.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry(name));
      Files.copy(Path.of("target/test-classes", name), out);
    }
  }

  @AfterAll
  static void end() {
    if (cluster != null) {
      cluster.close();
    }
    if (image != null) {
      image.close();
    }
  }

  /** The second test has as many workers as the first. */
  @BeforeEach
  void completeTheCluster() {
    if (killed) {
      cluster.replaceWorker();
    }
  }

  @Test
  void aWorkerKilledInTheMiddleOfAScanLosesAndDoublesNothing() throws IOException {
    String expected = "sums " + SumsApp.sums(Reads.ofLocal(bam));
    String output =
        outputWithAWorkerKilled(
            "--jars",
            packed.toString(),
            "--class",
            SumsApp.class.getName(),
            shared.resolve("application.jar").toString(),
            bam.toString(),
            "splitBytes",
            "64K");
    assertTrue(output.contains(expected), "no " + expected + " in:\n" + output);
  }

  @Test
  void aWorkerKilledInTheMiddleOfAConversionLeavesAWholeDirectory() throws IOException {
    Path out = shared.resolve("out");
    outputWithAWorkerKilled(
        "--class",
        LocalJob.MAIN,
        packed.toString(),
        "convert",
        "--part-size",
        "64K",
        bam.toString(),
        out + "/");
    Reads.assertSameRowsAndSums(
        Reads.ofLocal(bam), Reads.ofParts(out.toUri().toString(), Map.of()));
  }

  private static String outputWithAWorkerKilled(String... arguments) throws IOException {
    GenericContainer<?> driver = cluster.submit(arguments);
    ContainerCluster.awaitLog(driver, "Finished task 9\\.0 in stage");
    cluster.killWorker();
    killed = true;
    String output = ContainerCluster.output(driver);
    int lost = output.indexOf("Lost executor");
    assertTrue(
        lost > 0 && lost < output.lastIndexOf("Finished task"), "not in the middle:\n" + output);
    return output;
  }
}
