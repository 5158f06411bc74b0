package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that a region of Arrow data does without, as they take long to initialize. */
class ArrowStartTest {
  private static final String REGION = "chr1:1-100000";

  @TempDir private static Path folder;
  private static Path arrow;

  @BeforeAll
  static void convert() throws IOException {
    Path bam = folder.resolve("in.bam");
    assertEquals(0, Cli.run("synth", "--records", 20_000, "--quiet", bam).code());
    arrow = folder.resolve("in.arrow");
    assertEquals(0, Cli.run("convert", "--quiet", bam, arrow).code());
  }

  @Test
  void countOfARegionDoesWithoutArrowsSchemaAndDataBinding() throws Exception {
    assertWithout(
        List.of("vector.types.pojo.Schema", "databind.ObjectMapper"),
        loaded("count", "--region", REGION, arrow));
  }

  @Test
  void viewAndConvertOfARegionDoWithoutArrowsSchema() throws Exception {
    List<String> needless = List.of("vector.types.pojo.Schema", "VectorSchemaRoot");
    assertWithout(needless, loaded("view", "--region", REGION, arrow));
    Path copy = folder.resolve("copy.arrow");
    assertWithout(needless, loaded("convert", "--quiet", "--region", REGION, arrow, copy));
    assertTrue(Files.exists(copy));
  }

  @Test
  void anInvalidZoneMapIsReportedOnce() throws Exception {
    byte[] bytes = Files.readAllBytes(arrow);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int map = text.lastIndexOf("/////", text.length() - 100); // the start of a stream in Base64
    Arrays.fill(bytes, map + 100, map + 200, (byte) '!');
    Path damaged = Files.write(folder.resolve("damaged.arrow"), bytes);
    Process process = Cli.process("count", "--region", REGION, damaged).start();
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(Cli.run("count", "--region", REGION, arrow).out(), out);
    assertEquals(1, err.lines().filter(line -> line.contains("is ignored")).count(), err);
  }

  /** The names of the classes that a run of the command loads. */
  private static List<String> loaded(Object... words) throws Exception {
    ProcessBuilder builder = Cli.process(words);
    builder.command().add(1, "-Xlog:class+load:stdout");
    Process process = builder.start();
    String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    List<String> names =
        log.lines().filter(line -> line.contains(" source: ")).map(ArrowStartTest::name).toList();
    assertTrue(names.contains("org.bamarrow.internal.ipc.IpcBatches"), words[0].toString());
    return names;
  }

  private static String name(String line) {
    String before = line.substring(0, line.indexOf(" source: "));
    return before.substring(before.lastIndexOf(' ') + 1);
  }

  private static void assertWithout(List<String> needless, List<String> loaded) {
    for (String name : loaded) {
      assertFalse(needless.stream().anyMatch(name::endsWith), name);
    }
  }
}
