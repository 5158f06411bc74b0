package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bamarrow.internal.bam.Samtools;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  @TempDir private static Path folder;
  private static Path bam;

  @BeforeAll
  static void makeInput() throws IOException {
    bam = Cli.bam(folder, "in.bam", ConvertMachineTest.READS);
  }

  @Test
  void countPrintsTheNumberAlone() throws IOException {
    Cli.Result result = Cli.run("count", bam);
    assertEquals("3000\n", result.out());
    assertEquals("", result.err());
    assertEquals("9000\n", Cli.run("count", "-@", 3, "--inflater", "jdk", bam, bam, bam).out());
    try (InputStream in = Files.newInputStream(bam)) {
      assertEquals("3000\n", Cli.withInput(in, "count", "-").out());
    }
  }

  @Test
  void countStartsWithoutArrowJsonAndLogging() throws Exception {
    ProcessBuilder builder = Cli.process("count", bam);
    builder.command().add(1, "-Xlog:class+load:stdout");
    Process process = builder.start();
    String loaded = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    assertTrue(loaded.contains("org.bamarrow.cli.CountCommand"));
    for (String needless : List.of("org.apache.arrow.", "jackson", "org.slf4j", ".management.")) {
      assertFalse(loaded.contains(needless), needless);
    }
  }

  @Test
  void countRefusesWhatIsNoBam() throws IOException {
    Path text = Files.writeString(folder.resolve("text.bam"), "@HD\tVN:1.6\n");
    Cli.Result result = Cli.run("count", text);
    assertEquals(1, result.code());
    assertEquals("", result.out());
    assertTrue(result.err().startsWith("bamarrow: " + text + ": "), result.err());
    assertEquals(2, Cli.run("count").code());
    assertEquals(2, Cli.run("count", "-@", 0, bam).code());
  }

  @Test
  void headPrintsWhatSamtoolsPrints() throws Exception {
    String all = new String(Samtools.run("view", bam.toString()), StandardCharsets.UTF_8);
    for (int count : new int[] {0, 1, 10, 2_000, 5_000}) {
      String first = String.join("", all.lines().limit(count).map(line -> line + "\n").toList());
      assertEquals(first, Cli.run("head", "-n", count, bam).out());
    }
    assertEquals(10, Cli.run("head", bam).out().lines().count());
    assertEquals(2, Cli.run("head", "-n", -1, bam).code());
  }

  @Test
  void headTakesFilters() {
    Cli.Result result = Cli.run("head", "-n", 4, "-f", "REVERSE", bam);
    assertEquals(4, result.out().lines().count());
    result
        .out()
        .lines()
        .forEach(line -> assertTrue((Integer.parseInt(line.split("\t")[1]) & 16) != 0, line));
  }

  @Test
  void headIsNotStoppedByDamageBehindIt() throws IOException {
    byte[] bytes = Files.readAllBytes(bam);
    Arrays.fill(bytes, 50_000, bytes.length, (byte) 7);
    Path damaged = Files.write(folder.resolve("damaged.bam"), bytes);
    Cli.Result first = Cli.run("head", damaged);
    assertEquals("", first.err());
    assertEquals(Cli.run("head", bam).out(), first.out());
    Cli.Result further = Cli.run("head", "-n", 3_000, damaged);
    assertEquals(1, further.code());
    assertTrue(further.err().contains("damaged.bam: at virtual offset"), further.err());
  }

  @Test
  void headerIsPrintedByteForByte() throws Exception {
    byte[] text = Samtools.run("head", bam.toString());
    assertArrayEquals(text, Cli.run("header", bam).bytes());
    assertEquals(1, Cli.run("header", folder.resolve("none.bam")).code());
  }

  @Test
  void schemaIsThatOfAConversionWithTheSameOptions() throws IOException {
    Path out = folder.resolve("schema.arrow");
    List<Object> options = List.of("--columns", "qname,pos,qual", "--qual", "numbers");
    Object[] words = options.toArray();
    Cli.run("convert", words[0], words[1], words[2], words[3], bam, out);
    Cli.Result json = Cli.run("schema", "--json", words[0], words[1], words[2], words[3], bam);
    ObjectMapper mapper = new ObjectMapper();
    JsonNode expected = mapper.readTree(ArrowTable.file(out).schema().toJson());
    assertEquals(expected.get("fields"), mapper.readTree(json.out()).get("fields"));
    List<String> text =
        Cli.run("schema", words[0], words[1], words[2], words[3], bam).out().lines().toList();
    assertEquals(4, text.size(), text.toString());
    assertTrue(text.get(1).matches("pos +int32 +nullable"), text.get(1));
    assertTrue(text.get(3).matches("  item +int8 +never null"), text.get(3));
  }

  @Test
  void schemaShowsListedTags() {
    String text = Cli.run("schema", "--tags", "NM:i,ML:B:C", bam).out();
    assertTrue(text.contains("\n  NM "), text);
    assertTrue(text.contains("\n  ML "), text);
  }

  @Test
  void demoShowsAConversionAndCleansUp() throws IOException {
    Path where = Files.createDirectory(folder.resolve("demo"));
    Cli.Result result = Cli.run("demo", "--records", 500, where);
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().contains("500 of 500 records"), result.out());
    assertTrue(result.out().contains("qname "), result.out());
    assertEquals(List.of(), Cli.names(where));
    assertEquals(0, Cli.run("demo", "--records", 500, "--keep", where).code());
    assertEquals(List.of("demo.arrow", "demo.bam"), Cli.names(where));
    assertEquals(2, Cli.run("demo", "--records", 500, "--keep", where).code());
    assertEquals(0, Cli.run("demo", "--records", 500, where).code());
    assertEquals(List.of("demo.arrow", "demo.bam"), Cli.names(where));
  }

  @Test
  void completionKnowsCommandsOptionsAndWords() throws Exception {
    String script = Cli.run("completion").out();
    for (String word : List.of("convert", "--other-tags", "zero-based", "--batch-rows", "view")) {
      assertTrue(script.contains(word), word);
    }
    assertFalse(script.contains("rehearse"), "hidden");
    Path file = Files.writeString(folder.resolve("completion"), script);
    assertEquals(0, new ProcessBuilder("bash", "-n", file.toString()).start().waitFor());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "convert",
        "demo",
        "head",
        "count",
        "header",
        "schema",
        "view",
        "verify",
        "bench",
        "synth",
        "completion"
      })
  void everyCommandHasHelpWithExamples(String command) {
    Cli.Result result = Cli.run(command, "--help");
    assertEquals(0, result.code());
    assertTrue(result.out().contains("Examples:\n  "), result.out());
    assertTrue(result.out().contains("bamarrow " + command), result.out());
    assertTrue(Cli.run("--help").out().contains("\n  " + command), command);
  }

  @Test
  void verifyTakesALongListAgain() throws Exception {
    Path list = folder.resolve("names.txt");
    Files.write(list, IntStream.range(0, 200).mapToObj(i -> "r" + i).toList());
    Path bam = Cli.bamOf(folder, "list.bam", "r1 4 * 0 0 * * 0 0 * *", "r300 4 * 0 0 * * 0 0 * *");
    Path out = folder.resolve("list.arrow");
    assertEquals(0, Cli.run("convert", "--quiet", "-N", list, bam, out).code());
    Cli.Result needed = Cli.run("verify", bam, out);
    assertEquals(2, needed.code());
    assertTrue(needed.err().contains("a list of 200 values"), needed.err());
    Cli.Result result = Cli.run("verify", "-N", list, bam, out);
    assertEquals(0, result.code(), result.err() + result.out());
  }

  @Test
  void withoutACommandThereIsOneLine() {
    Cli.Result result = Cli.run();
    assertEquals(2, result.code());
    assertEquals("bamarrow: missing command; see bamarrow --help\n", result.err());
    Cli.Result misspelt = Cli.run("convrt", "a", "b");
    assertEquals(2, misspelt.code());
    assertTrue(misspelt.err().contains("did you mean convert?"), misspelt.err());
  }

  @Test
  void stackTracesOnlyIfAskedFor() {
    Path none = folder.resolve("none.bam");
    assertFalse(Cli.run("count", none).err().contains("\tat "));
    assertTrue(Cli.run("count", "--debug", none).err().contains("\tat "));
    assertTrue(Cli.run("--debug", "count", none).err().contains("\tat "));
  }
}
