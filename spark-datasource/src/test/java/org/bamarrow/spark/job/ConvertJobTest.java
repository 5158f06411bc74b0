package org.bamarrow.spark.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.bamarrow.BamToParts;
import org.bamarrow.Cases;
import org.bamarrow.cli.Main;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.internal.ipc.IpcInput;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartSize;
import org.bamarrow.parts.PartsReader;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job's command with the tests' session, against the conversion by one machine. */
class ConvertJobTest {
  @TempDir static Path shared;
  @TempDir Path folder;
  private static Path bam;
  private Path out;

  @BeforeAll
  static void makeBam() {
    LocalSpark.SESSION.sparkContext();
    bam = Bams.synth(shared.resolve("in.bam"), SynthProfile.values()[0], 30_000);
  }

  @BeforeEach
  void nameOutput() {
    out = folder.resolve("out");
  }

  private record Ended(int code, String error) {}

  private static Ended run(Object... arguments) {
    List<String> words = new ArrayList<>(List.of("convert"));
    for (Object argument : arguments) {
      words.add(argument.toString());
    }
    PrintStream before = System.err;
    ByteArrayOutputStream error = new ByteArrayOutputStream();
    System.setErr(new PrintStream(error, true, StandardCharsets.UTF_8));
    try {
      int code = Main.execute(ClusterConvert.spec(), words.toArray(String[]::new));
      return new Ended(code, error.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(before);
    }
  }

  private static List<String> rows(Path directory) throws IOException {
    List<String> rows = new ArrayList<>();
    try (RootAllocator allocator = new RootAllocator();
        PartsReader reader =
            new PartsReader(new LocalPartStore(directory.toString(), false), allocator)) {
      while (reader.loadNextBatch()) {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        for (int row = 0; row < root.getRowCount(); row++) {
          StringBuilder text = new StringBuilder();
          for (var vector : root.getFieldVectors()) {
            text.append(vector.getObject(row)).append('\t');
          }
          rows.add(text.toString());
        }
      }
    }
    return rows;
  }

  private static Manifest manifest(Path directory) throws IOException {
    return Manifest.read(new LocalPartStore(directory.toString(), false));
  }

  private static List<String> names(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void successIsMarkedWhenAskedFor() throws IOException {
    String setting = "mapreduce.fileoutputcommitter.marksuccessfuljobs";
    LocalSpark.SESSION.conf().set(setting, "true");
    try {
      assertEquals(0, run("--parts", 1, bam, out + "/").code());
      assertTrue(names(out).contains("_SUCCESS"), names(out).toString());
    } finally {
      LocalSpark.SESSION.conf().unset(setting);
    }
    assertTrue(run("--parts", 1, bam, out + "/").code() != 0);
    assertTrue(names(out).contains("_SUCCESS"), "nothing was replaced");
    assertEquals(0, run("--parts", 1, "--force", bam, out + "/").code());
    assertFalse(names(out).contains("_SUCCESS"), names(out).toString());
  }

  @Test
  void listsAndBedsThatMatchNothingAreToldAndCountedByTheTasks() throws IOException {
    Path names = folder.resolve("names.gz");
    try (var gzip = new GZIPOutputStream(Files.newOutputStream(names))) {
      gzip.write("nobody\n".getBytes(StandardCharsets.UTF_8));
    }
    Path bed = Files.writeString(folder.resolve("x.bed"), "nowhere\t0\t9\n");
    Path report = folder.resolve("report.json");
    Ended ended =
        run("--parts", 3, "-N", names, "-L", bed, "--report", report, "--force", bam, out + "/");
    assertEquals(0, ended.code(), ended.error());
    assertTrue(ended.error().contains("no reference of the BED file (nowhere)"), ended.error());
    assertTrue(ended.error().contains("-N: none of the 1 names is the QNAME"), ended.error());
    assertTrue(rows(out).isEmpty());

    Path local = folder.resolve("local");
    BamToParts.convert(
        List.of(bam.toString()),
        local.toString(),
        ConvertOptions.defaults(),
        PartSize.count(1),
        Progress.NONE);
    List<String> all = rows(local).stream().map(row -> row.split("\t")[0]).toList();
    Files.writeString(names, all.get(0) + "\n" + all.get(all.size() - 1) + "\nnobody\n");
    ended = run("--parts", 3, "-N", names, "--report", report, "--force", bam, out + "/");
    assertEquals(0, ended.code(), ended.error());
    assertFalse(ended.error().contains("none of"), ended.error());
    JsonNode lists = new ObjectMapper().readTree(report.toFile()).get("lists");
    assertEquals("{\"names\":{\"listed\":3,\"found\":2}}", lists.toString());
  }

  @Test
  void theHelpOffersNothingThatAClusterRefuses() {
    PrintStream before = System.out;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (PrintStream captured = new PrintStream(text, true, StandardCharsets.UTF_8)) {
      System.setOut(captured);
      assertEquals(0, Main.execute(ClusterConvert.spec(), "--help"));
      assertEquals(0, Main.execute(ClusterConvert.spec(), "convert", "--help"));
    } finally {
      System.setOut(before);
    }
    String help = text.toString(StandardCharsets.UTF_8);
    for (String word :
        List.of(
            "standard input", "demo", "bamarrow count", "--threads", "--preset", "--segments")) {
      assertFalse(help.contains(word), word);
    }
    assertTrue(help.contains("IN... OUT/") && help.contains("--part-size"), help);
    Ended refused = run("--threads", "2", bam, out + "/");
    assertTrue(refused.error().contains("--threads is for one machine"), refused.error());
  }

  @Test
  void theDirectoryIsWhatOneMachineWrites() throws IOException {
    Path local = folder.resolve("local");
    BamToParts.convert(
        List.of(bam.toString()),
        local.toString(),
        ConvertOptions.defaults(),
        PartSize.count(3),
        Progress.NONE);
    Ended ended = run("--parts", 3, bam, out + "/");
    assertEquals(0, ended.code(), ended.error());
    assertTrue(ended.error().contains("too small for a cluster"), ended.error());
    assertTrue(ended.error().contains("100 % of"), ended.error());
    assertTrue(ended.error().contains("30,000 of 30,000 records"), ended.error());
    assertEquals(manifest(local).totals().rows(), manifest(out).totals().rows());
    assertEquals(
        manifest(local).parts().stream().map(Part::ranges).toList(),
        manifest(out).parts().stream().map(Part::ranges).toList());
    assertEquals(rows(local), rows(out));
    List<String> parts = manifest(out).parts().stream().map(Part::name).toList();
    List<String> expected = new ArrayList<>(List.of("_batches.arrow", "_manifest.json"));
    expected.addAll(parts);
    assertEquals(expected, names(out), "names in order, nothing else, no checksum files");
  }

  @Test
  void aLimitIsOfTheWholeFile() throws IOException {
    assertEquals(0, run("--parts", 6, bam, folder.resolve("all") + "/").code());
    for (int limit : new int[] {0, 1, 4_999, 17_000, 30_000, 40_000}) {
      Ended ended = run("--quiet", "--force", "--limit", limit, "--parts", 6, bam, out + "/");
      assertEquals(0, ended.code(), ended.error());
      assertEquals("", ended.error());
      List<String> all = rows(folder.resolve("all"));
      assertEquals(all.subList(0, Math.min(limit, all.size())), rows(out), "limit " + limit);
    }
  }

  @Test
  void severalInputsStandInTheirOrder() throws IOException {
    Path other = Bams.reads(folder.resolve("a.bam"), 10);
    Ended ended = run("--tags", "none", bam, other, out + "/");
    assertEquals(0, ended.code(), ended.error());
    assertEquals(30_010, manifest(out).totals().rows());
    assertTrue(rows(out).get(30_009).startsWith("r9\t"), rows(out).get(30_009));
  }

  @Test
  void aDamagedInputIsOneSentenceAndLeavesNothing() throws IOException {
    byte[] bytes = Files.readAllBytes(bam);
    bytes[bytes.length / 2] ^= 1;
    Path broken = Files.write(folder.resolve("broken.bam"), bytes);
    Ended ended = run("--quiet", "--parts", 4, broken, out + "/");
    assertEquals(1, ended.code());
    assertTrue(ended.error().contains("broken.bam: at virtual offset"), ended.error());
    assertEquals(1, ended.error().lines().count(), ended.error());
    assertFalse(Files.exists(out) && !names(out).isEmpty(), "something is left");
  }

  @Test
  void theErrorOfATaskNamesTheOptionsOfTheCommandOnTheExecutorToo() throws TimeoutException {
    List<String> failures = new CopyOnWriteArrayList<>();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            if (end.reason() instanceof TaskFailedReason failed) {
              failures.add(failed.toErrorString());
            }
          }
        };
    LocalSpark.SESSION.sparkContext().addSparkListener(listener);
    try {
      // with the tags listed, no record is read on the driver
      Ended ended = run("--quiet", "--tags", "MD:Z", Cases.file("02-NUL-in-MD/in.bam"), out + "/");
      assertEquals(1, ended.code());
      assertTrue(ended.error().contains("--tags none --other-tags none"), ended.error());
      LocalSpark.SESSION.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      LocalSpark.SESSION.sparkContext().removeSparkListener(listener);
    }
    assertFalse(failures.isEmpty());
    assertTrue(failures.get(0).contains("--tags none --other-tags none"), failures.get(0));
  }

  @Test
  void aCompleteDirectoryIsReplacedWithForceOnly() throws IOException {
    assertEquals(0, run(bam, out + "/").code());
    List<String> before = names(out);
    Ended ended = run(bam, out + "/");
    assertEquals(2, ended.code());
    assertTrue(ended.error().contains("use --force"), ended.error());
    assertEquals(before, names(out));
    assertEquals(0, run("--force", "--parts", 2, bam, out + "/").code());
    assertEquals(4, names(out).size(), names(out).toString());
  }

  @Test
  void whatOnlyOneMachineHasIsRefused() {
    assertTrue(run("-@", 4, bam, out + "/").error().contains("--threads is for one machine"));
    assertTrue(run(bam, out).error().contains("its name must end with /"));
    assertTrue(run("-", out + "/").error().contains("cannot read standard input"));
    assertEquals(2, run(bam, out).code());
  }

  @Test
  void inputsMayBeDirectoriesAndTheReportIsWritten() throws IOException {
    Path report = folder.resolve("report.json");
    Ended ended = run("--report", report, "--compression", "zstd", shared, out + "/");
    assertEquals(0, ended.code(), ended.error());
    String json = Files.readString(report);
    assertTrue(json.contains("\"strategy\" : \"cluster\""), json);
    assertEquals(30_000, manifest(out).totals().rows());
    assertEquals(30_000, rows(out).size());
  }

  @Test
  void oneFileIsPutTogetherOfTheParts() throws IOException {
    Path parts = folder.resolve("parts");
    assertEquals(0, run("--parts", 4, "--compression", "lz4", bam, parts + "/").code());
    Object[] words = {"--single-file", "--parts", 4, "--compression", "lz4", bam, out};
    Ended ended = run(words);
    assertEquals(0, ended.code(), ended.error());
    assertEquals(List.of("out", "parts"), names(folder), "the parts are gone");
    try (IpcInput whole = IpcInput.open(out)) {
      assertEquals(30_000, whole.rows());
      assertEquals(manifest(parts).arrowSchema(), whole.schema());
    }
    assertEquals(LocalSpark.read(parts).collectAsList(), LocalSpark.read(out).collectAsList());
    assertEquals(2, run(words).code(), "not without --force");
    assertEquals(0, run("--force", "--single-file", bam, out).code());
    assertEquals(2, run("--single-file", bam, out + "/").code());
  }
}
