package org.bamarrow.spark.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.OrphanFiles;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartNames;
import org.bamarrow.parts.PartStore;
import org.bamarrow.parts.PartsReader;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.job.ConvertJob;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What dies in the middle of writing, on a master and two workers: afterwards there is the complete
 * directory or none, and once more gives it.
 */
@Tag("machines")
abstract class ExactlyOnce {
  private static final String JAR = System.getProperty("bamarrow.sparkJar");
  private static final int RECORDS = 8_000;

  /** Behind this an absolute path of the local disk. */
  static final String TROUBLED = "trouble:";

  /** Both ways to write. */
  enum Way {
    CONVERT,
    ROWS,
    FOLDERS
  }

  @TempDir static Path folder;
  @TempDir Path place;
  private static SparkCluster cluster;
  private static Path classes;
  private static Path bam;
  private final Way way;
  private Path out;

  ExactlyOnce(Way way) {
    this.way = way;
  }

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(JAR != null, "the jar is tested in the phase package");
    classes = TestClasses.pack(folder.resolve("classes.jar"));
    bam = Bams.synth(folder.resolve("short.bam"), SynthProfile.SHORT, RECORDS);
    Path logs = Files.createDirectory(folder.resolve("cluster"));
    cluster = new SparkCluster(SparkHome.ofTheBuild(), logs, 2);
  }

  @AfterAll
  static void end() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void nameOutput() {
    out = place.resolve("out");
  }

  private SparkCluster.Application submit(Trouble trouble, String... settings) throws IOException {
    String target = TROUBLED + out + "/";
    if (way == Way.CONVERT) {
      return convert(trouble, List.of(settings), "--parts", "3", bam.toString(), target);
    }
    List<String> command = troubled(trouble, List.of(settings));
    command.addAll(List.of("--jars", JAR, "--class", WriteApp.class.getName()));
    command.addAll(List.of(classes.toString(), target));
    if (way == Way.FOLDERS) {
      command.add("lane");
    }
    return cluster.submit(command);
  }

  /** Submits the job that converts, on small chunks. */
  final SparkCluster.Application convert(
      Trouble trouble, List<String> settings, String... arguments) throws IOException {
    List<String> command = troubled(trouble, settings);
    command.addAll(List.of("--jars", classes.toString(), "--class", ConvertJob.class.getName()));
    command.addAll(List.of(JAR, "convert", "--chunk-bytes", "128K"));
    command.addAll(List.of(arguments));
    return cluster.submit(command);
  }

  private List<String> troubled(Trouble trouble, List<String> settings) {
    List<String> command = new ArrayList<>();
    for (String setting : settings) {
      command.addAll(List.of("--conf", setting));
    }
    String prefix = "spark.hadoop.";
    command.addAll(
        List.of(
            "--conf",
            prefix + "fs.trouble.impl=" + TroubledFileSystem.class.getName(),
            "--conf",
            prefix + TroubledFileSystem.TROUBLE + "=" + trouble,
            "--conf",
            prefix + TroubledFileSystem.MARKS + "=" + place));
    return command;
  }

  final Path place() {
    return place;
  }

  static Path bam() {
    return bam;
  }

  private PartStore store() {
    return new LocalPartStore(out.toString(), false);
  }

  private List<String> files() throws IOException {
    if (!Files.exists(out)) {
      return List.of();
    }
    if (way == Way.FOLDERS) {
      return store().list().stream().map(PartStore.Entry::name).sorted().toList();
    }
    try (Stream<Path> files = Files.list(out)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** The manifest, its parts with all rows and the right checksums, statistics, no other file. */
  private void assertComplete() throws IOException {
    Manifest manifest = Manifest.read(store());
    assertEquals(
        way == Way.CONVERT ? RECORDS : WriteApp.ROWS,
        way == Way.FOLDERS ? rowsOfFolders(manifest) : rows());
    List<String> names = new ArrayList<>(List.of(PartNames.BATCHES, Manifest.NAME));
    manifest.parts().stream().map(Part::name).forEach(names::add);
    assertEquals(way == Way.FOLDERS ? names.stream().sorted().toList() : names, files());
  }

  private long rows() throws IOException {
    long rows = 0;
    try (RootAllocator allocator = new RootAllocator();
        PartsReader reader = new PartsReader(store(), allocator)) {
      while (reader.loadNextBatch()) {
        rows += reader.getVectorSchemaRoot().getRowCount();
      }
    }
    return rows;
  }

  /** The parts of each folder as a directory of their own, which have half of the rows each. */
  private long rowsOfFolders(Manifest manifest) throws IOException {
    long rows = 0;
    for (String lane : List.of("lane=0/", "lane=1/")) {
      List<Part> parts =
          manifest.parts().stream().filter(part -> part.name().startsWith(lane)).toList();
      Manifest own = Manifest.of(manifest.job(), manifest.arrowSchema(), List.of(), flat(parts));
      PartStore folder = new LocalPartStore(out + "/" + lane, false);
      folder.publish(Manifest.NAME, own.toJson(), true, () -> {});
      try (RootAllocator allocator = new RootAllocator();
          PartsReader reader = new PartsReader(folder, allocator)) {
        while (reader.loadNextBatch()) {
          FieldVector id = reader.getVectorSchemaRoot().getVector("id");
          for (int i = 0; i < id.getValueCount(); i++, rows++) {
            assertEquals(lane, "lane=" + (Long) id.getObject(i) % 2 + "/");
          }
        }
      }
      folder.delete(Manifest.NAME);
    }
    return rows;
  }

  private static List<Part> flat(List<Part> parts) {
    return parts.stream()
        .map(
            part ->
                new Part(
                    part.name().substring(part.name().indexOf('/') + 1),
                    part.rows(),
                    part.records(),
                    part.bytes(),
                    part.crc32(),
                    part.ranges(),
                    part.zone()))
        .toList();
  }

  /** Waits until trouble has come, and gives the id of the process that met with it. */
  final long awaitTrouble() throws IOException {
    return Long.parseLong(cluster.awaitFile(place.resolve("first")));
  }

  final void killExecutor() throws IOException {
    ProcessHandle.of(awaitTrouble()).orElseThrow().destroyForcibly();
  }

  static void kill(SparkCluster.Application driver) {
    driver.process().destroyForcibly().onExit().join();
  }

  @Test
  void anExecutorKilledInTheMiddle() throws IOException {
    SparkCluster.Application running = submit(Trouble.HANGS);
    killExecutor();
    running.output();
    assertComplete();
  }

  @Test
  void aTaskThatFailsOnce() throws IOException {
    submit(Trouble.FAILS).output();
    assertTrue(Files.exists(place.resolve("first")), "no task met with trouble");
    assertComplete();
  }

  @Test
  void aSpeculativeCopyThatWins() throws IOException {
    submit(
            Trouble.HANGS,
            "spark.speculation=true",
            "spark.speculation.interval=100ms",
            "spark.speculation.minTaskRuntime=100ms",
            "spark.speculation.quantile=0.5")
        .output();
    assertTrue(Files.exists(place.resolve("first")), "no task met with trouble");
    assertComplete();
  }

  @Test
  void aDriverKilledInTheMiddle() throws IOException {
    SparkCluster.Application running = submit(Trouble.HANGS);
    awaitTrouble();
    kill(running);
    assertTrue(!files().contains(Manifest.NAME) && !files().isEmpty(), files().toString());
    submit(Trouble.NONE).output();
    OrphanFiles.clean(store(), Duration.ZERO, System.currentTimeMillis());
    assertComplete();
  }

  @Test
  void aFullDisk() throws IOException {
    SparkCluster.Application running = submit(Trouble.FULL);
    IOException error = assertThrows(IOException.class, running::output);
    assertTrue(error.getMessage().contains("No space left on device"), error.getMessage());
    assertEquals(List.of(), files());
    submit(Trouble.NONE).output();
    assertComplete();
  }
}
