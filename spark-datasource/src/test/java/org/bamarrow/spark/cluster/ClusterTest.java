package org.bamarrow.spark.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.Corpus;
import org.bamarrow.spark.read.CoreRows;
import org.bamarrow.spark.read.WholeRows;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed jar on a master and two workers in processes of their own: always the core's rows. */
@Tag("machines")
class ClusterTest {
  private static final String JAR = System.getProperty("bamarrow.sparkJar");
  private static final List<List<String>> SPLITTINGS =
      List.of(
          List.of("splitting", "file"), List.of("splitBytes", "64K"), List.of("splitBytes", "1M"));
  private static final int EVERY_SO_MANY_FILES = 25;
  private static final long LARGEST = 1 << 20;

  @TempDir static Path folder;
  private static SparkCluster cluster;
  private static Path application;
  private static Path bam;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(JAR != null, "the jar is tested in the phase package");
    application = TestClasses.pack(folder.resolve("application.jar"));
    bam = Bams.synth(folder.resolve("short.bam"), SynthProfile.SHORT, 8_000);
    SparkHome home = SparkHome.ofTheBuild();
    cluster = new SparkCluster(home, Files.createDirectory(folder.resolve("cluster")), 2);
  }

  @AfterAll
  static void end() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void aSampleOfTheCorpusGivesTheCoresRows() throws IOException {
    List<Path> files = new ArrayList<>(List.of(bam));
    List<Path> corpus = Corpus.sound();
    for (int i = 0; i < corpus.size(); i += EVERY_SO_MANY_FILES) {
      if (Files.size(corpus.get(i)) <= LARGEST) {
        files.add(corpus.get(i));
      }
    }
    assertCoresRows(files);
  }

  @Tag("full")
  @Test
  void theWholeCorpusGivesTheCoresRows() throws IOException {
    assertCoresRows(Corpus.sound());
  }

  @Test
  void anExecutorKilledInTheMiddleOfAScanLosesAndDoublesNothing() throws IOException {
    Path marks = Files.createDirectory(folder.resolve("killed"));
    SparkCluster.Application running = submit(List.of(scan(bam)), Trouble.HANGS, marks);
    long executor = Long.parseLong(cluster.awaitFile(marks.resolve("0")));
    ProcessHandle.of(executor).orElseThrow().destroyForcibly();
    assertRowsOfBam(running.output());
    assertTrue(Files.exists(marks.resolve("1")), "no second attempt");
  }

  @Test
  void aTaskThatFailsOnceLosesAndDoublesNothing() throws IOException {
    Path marks = Files.createDirectory(folder.resolve("failed"));
    assertRowsOfBam(submit(List.of(scan(bam)), Trouble.FAILS, marks).output());
    assertTrue(Files.exists(marks.resolve("1")), "no second attempt");
  }

  @Test
  void aSpeculativeCopyLosesAndDoublesNothing() throws IOException {
    Path marks = Files.createDirectory(folder.resolve("copied"));
    String output =
        submit(
                List.of(scan(bam)),
                Trouble.HANGS,
                marks,
                "spark.speculation=true",
                "spark.speculation.interval=100ms",
                "spark.speculation.minTaskRuntime=100ms",
                "spark.speculation.quantile=0.5")
            .output();
    assertRowsOfBam(output);
    assertTrue(Files.exists(marks.resolve("1")), "no second attempt");
  }

  private static String scan(Path file, String... splitting) {
    List<String> parts = new ArrayList<>(List.of(file.toString()));
    parts.addAll(WholeRows.OPTIONS);
    parts.addAll(splitting.length == 0 ? List.of("splitBytes", "128K") : List.of(splitting));
    return String.join("\t", parts);
  }

  private static SparkCluster.Application submit(
      List<String> scans, Trouble trouble, Path marks, String... settings) throws IOException {
    Path list = Files.write(Files.createTempFile(folder, "scans", ".tsv"), scans);
    List<String> command = new ArrayList<>();
    for (String setting : settings) {
      command.addAll(List.of("--conf", setting));
    }
    command.addAll(List.of("--jars", JAR, "--class", ScanApp.class.getName()));
    command.addAll(
        List.of(application.toString(), list.toString(), trouble.name(), marks.toString()));
    return cluster.submit(command);
  }

  private static String core(Path file) throws IOException {
    return ScanApp.digest(CoreRows.of(WholeRows.CORE, file));
  }

  private static void assertRowsOfBam(String output) throws IOException {
    assertFound(List.of(scan(bam) + "\t" + core(bam)), output);
  }

  private static void assertCoresRows(List<Path> files) throws IOException {
    List<String> scans = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (Path file : files) {
      String core = core(file);
      for (List<String> splitting : SPLITTINGS) {
        scans.add(scan(file, splitting.toArray(String[]::new)));
        expected.add(scans.get(scans.size() - 1) + "\t" + core);
      }
    }
    assertFound(expected, submit(scans, Trouble.NONE, folder).output());
  }

  /** These scans, and no Arrow memory on any executor after them. */
  private static void assertFound(List<String> scans, String output) {
    List<String> lines = output.lines().toList();
    assertEquals(scans, lines.stream().filter(line -> line.startsWith("/")).toList());
    String left = lines.stream().filter(line -> line.startsWith("left\t")).findFirst().get();
    assertTrue(left.matches("left\t\\[\\d+:0(, \\d+:0)*]"), left);
  }
}
