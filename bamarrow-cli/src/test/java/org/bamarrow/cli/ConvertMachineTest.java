package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bamarrow.errors.Wording;
import org.bamarrow.internal.read.MemoryPlan;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertMachineTest {
  static final SynthOptions READS =
      SynthOptions.of(SynthProfile.SHORT, 3_000, 5).withBlocks(true, 1, 20_000);

  @TempDir private static Path folder;
  private static Path bam;
  private static byte[] plain;

  @BeforeAll
  static void makeInput() throws IOException {
    bam = Cli.bam(folder, "in.bam", READS);
    report();
    plain = output();
  }

  private static byte[] output() throws IOException {
    return Files.readAllBytes(folder.resolve("out.arrow"));
  }

  private static Cli.Result run(Object... options) {
    List<Object> words = new ArrayList<>(List.of("convert", "--force"));
    words.addAll(List.of(options));
    words.addAll(List.of("--report", folder.resolve("report.json")));
    words.addAll(List.of(bam, folder.resolve("out.arrow")));
    return Cli.run(words.toArray());
  }

  private static JsonNode report(Object... options) throws IOException {
    Cli.Result result = run(options);
    assertEquals(0, result.code(), result.err());
    return new ObjectMapper().readTree(folder.resolve("report.json").toFile());
  }

  private static String setting(String name, Object... options) throws IOException {
    return report(options).get("settings").get(name).asText();
  }

  @Test
  void segmentsGiveTheSameBytesAndTheReportNamesThem() throws IOException {
    Cli.Result result = run("--strategy", "segments", "--segments", 2, "--chunk-bytes", "64K");
    assertTrue(result.err().contains(", 2 segment(s)"), result.err());
    byte[] segments = output();
    run("--strategy", "sequential", "--chunk-bytes", "64K");
    assertArrayEquals(output(), segments);
    assertEquals("segments", setting("strategy", "--strategy", "segments"));
  }

  @Test
  void whereSegmentsCannotHelpOneLineSaysSo() throws IOException {
    Cli.Result limited = run("--strategy", "segments", "--limit", 5);
    String line =
        "bamarrow: --strategy segments reads whole files only; pipeline was used instead: ";
    assertTrue(limited.err().contains(line + "a limit is set\n"), limited.err());
    Cli.Result region = run("--strategy", "segments", "--region", "*");
    assertTrue(region.err().contains(line + "regions are set\n"), region.err());
    Cli.Result piped =
        Cli.withInput(
            Files.newInputStream(bam),
            "convert",
            "--force",
            "--strategy",
            "segments",
            "-",
            folder.resolve("out.arrow"));
    assertTrue(piped.err().contains(line + "an input is a stream\n"), piped.err());
  }

  @Test
  void segmentsAreAskedForTogetherWithTheirStrategyOnly() {
    assertEquals(2, run("--segments", 2).code());
    assertEquals(2, run("--strategy", "segments", "--segments", 0).code());
  }

  @Test
  void theReportHasEveryCount() throws IOException {
    JsonNode report = report("--limit", 100);
    assertEquals(100, report.get("rows").asLong());
    assertEquals(Files.size(folder.resolve("out.arrow")), report.get("bytesOut").asLong());
    for (String name :
        List.of(
            "records",
            "batches",
            "blocks",
            "bytesIn",
            "bytesInflated",
            "wallSeconds",
            "recordsPerSecond",
            "stageSeconds",
            "headerDigests",
            "endMarkerSeen",
            "inputs")) {
      assertTrue(report.has(name), name);
    }
  }

  @Test
  void theReportGoesToStandardOutputIfFree() throws IOException {
    Cli.Result result =
        Cli.run("convert", "--force", "--report", "-", bam, folder.resolve("out.arrow"));
    assertEquals(3_000, new ObjectMapper().readTree(result.bytes()).get("rows").asLong());
    assertEquals(2, Cli.run("convert", "--report", "-", bam, "-").code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --threads 1              | threads      | 1
          -@ 7                     | threads      | 7
          --strategy sequential    | strategy     | sequential
          --strategy sequential -@ 4 | threads    | 1
          --inflater jdk           | inflater     | jdk
          --read-buffer 64K        | read-buffer  | 65536
          --write-buffer 8K        | write-buffer | 8192
          --memory 300M            | memory       | 314572800
          --preset diagnostic      | strategy     | sequential
          --preset diagnostic      | inflater     | jdk
          --preset diagnostic --strategy pipeline | strategy | pipeline
          """)
  void machineOptionsAreUsedAndNeverChangeTheOutput(String options, String name, String value)
      throws IOException {
    assertEquals(value, setting(name, (Object[]) options.split(" ")));
    assertArrayEquals(plain, output(), options);
  }

  @Test
  void tooLittleMemoryMeansFewerThreadsAndALineThatSaysSo() throws IOException {
    Cli.Result result = run("-@", 4, "--memory", "40M");
    assertEquals(0, result.code());
    assertTrue(result.err().contains("1 of 4 threads"), result.err());
    assertArrayEquals(plain, output());
    assertTrue(!run("-@", 4).err().contains("of 4 threads"));
  }

  @Test
  void batchOptionsMoveTheEndsOfBatches() throws IOException {
    report("--chunk-bytes", "1M");
    assertEquals(1, ArrowTable.file(folder.resolve("out.arrow")).batches().size());
    report("--chunk-bytes", "1M", "--batch-rows", 700);
    List<Integer> rows = ArrowTable.file(folder.resolve("out.arrow")).batches();
    assertEquals(List.of(700, 700, 700, 700, 200), rows);
    long byChunk = report("--chunk-bytes", "64K").get("batches").asLong();
    long bytes = report("--chunk-bytes", "64K").get("bytesIn").asLong();
    assertEquals(bytes / 65536.0, byChunk, 1.01);
    long byBytes = report("--batch-bytes", "128K").get("batches").asLong();
    assertTrue(byBytes > byChunk, byBytes + " batches");
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "low-memory", "many-cores", "diagnostic"})
  void presetsGiveTheSameRows(String preset) throws IOException {
    report();
    List<List<String>> rows = ArrowTable.file(folder.resolve("out.arrow")).rows();
    report("--preset", preset);
    assertEquals(rows, ArrowTable.file(folder.resolve("out.arrow")).rows());
  }

  @Test
  void presetsSetWhatTheySay() throws IOException {
    assertEquals("262144", setting("chunk-bytes", "--preset", "low-memory"));
    assertEquals("4194304", setting("chunk-bytes", "--preset", "many-cores"));
    assertEquals("70000", setting("batch-rows", "--preset", "low-memory", "--batch-rows", 70000));
    assertTrue(run("--preset", "diagnostic").err().contains("--strategy sequential"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --threads 0          | --threads 0: must be 1 to 1024
          --threads x          | 'x' is not an int
          --strategy both      | 'both' is not one of sequential, pipeline
          --inflater zlib      | 'zlib' is not one of auto
          --memory 1K          | at least 1M
          --memory lots        | 'lots' is not a size; examples: 500M, 10G
          --read-buffer 5      | --read-buffer 5: must be 4096 to
          --write-buffer 3G    | --write-buffer 3221225472: must be less than 2G
          --batch-rows 0       | --batch-rows 0: must be at least 1
          --chunk-bytes 1K     | --chunk-bytes 1024: must be 65536 to 1073741824
          --batch-bytes 1G     | --batch-bytes 1073741824: must be 65536 to 536870912
          --preset huge        | 'huge' is not one of default, low-memory, many-cores, diagnostic
          --thread 3           | Unknown option: '--thread'; did you mean --threads?
          """)
  void wrongValuesAreUsageErrorsInOneLine(String options, String problem) {
    Cli.Result result = run((Object[]) options.split(" "));
    assertEquals(2, result.code());
    assertTrue(result.err().contains(problem), result.err());
    assertEquals(1, result.err().lines().count(), result.err());
  }

  /** One plan for all commands that read records, and its advice holds. */
  @Test
  void aRecordLargerThanTheMemoryAllowsIsReadWithWhatTheErrorAdvises() throws IOException {
    Path large =
        Cli.bam(folder, "large.bam", SynthOptions.of(SynthProfile.ULTRALONG, 3, 1).withThreads(1));
    for (List<Object> words :
        List.<List<Object>>of(
            List.of("count", large),
            List.of("head", large),
            List.of("splits", "--check", large),
            List.of("convert", "--force", large, folder.resolve("large.arrow")))) {
      List<Object> bounded = new ArrayList<>(words);
      bounded.addAll(List.of("--memory", "1M"));
      Cli.Result refused = Cli.run(bounded.toArray());
      assertEquals(1, refused.code(), words.toString());
      assertTrue(
          refused.err().contains("more than the 1048576 that the memory allows"), refused.err());
      Matcher advice = Pattern.compile("--memory (\\d+M)").matcher(refused.err());
      for (int record = 0; record < 3 && advice.find(); record++) { // each may be larger
        bounded.set(bounded.size() - 1, advice.group(1));
        advice.reset(Cli.run(bounded.toArray()).err());
      }
      assertEquals(0, Cli.run(bounded.toArray()).code(), bounded.toString());
    }
  }

  @Test
  void whatNoMemoryHelpsAgainstIsToldSo() {
    String never = MemoryPlan.remedy(1L << 29).in(Wording.JAVA);
    assertTrue(never.contains("records of more than 268435456 bytes"), never);
    String heap = MemoryPlan.remedy(1 << 28).in(Wording.JAVA);
    assertEquals(Runtime.getRuntime().maxMemory() < 1L << 31, heap.contains("-Xmx"), heap);
  }
}
