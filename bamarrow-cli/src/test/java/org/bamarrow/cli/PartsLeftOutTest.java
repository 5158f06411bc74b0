package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartNames;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Parts of which no row can pass are not opened. A part that a command succeeds without, as its
 * bytes are all zero, has not been read.
 */
class PartsLeftOutTest extends PartsCommands {
  private static final Object[] REGION = {"--region", null};
  private List<Part> parts;
  private Path to;

  @BeforeEach
  void convertSorted() throws IOException {
    assertEquals(0, convert("--batch-rows", 100).code());
    parts = Manifest.read(new LocalPartStore(out.toString(), false)).parts();
    to = folder.resolve("to.arrow");
    String[] middle = Cli.run("view", part(2)).out().lines().skip(50).findFirst().get().split("\t");
    REGION[1] = String.format("%s:%s-%d", middle[2], middle[3], Long.parseLong(middle[3]) + 20);
  }

  private Cli.Result run(List<Object> command, Object... filters) throws IOException {
    List<Object> words = new ArrayList<>(command);
    words.addAll(List.of(filters));
    words.add(out);
    if (command.contains("convert")) {
      words.add(to);
    }
    Cli.Result result = Cli.run(words.toArray());
    if (command.contains("convert") && result.code() == 0) {
      Cli.Result rows = Cli.run("view", to);
      return new Cli.Result(rows.code(), rows.bytes(), result.err() + rows.err());
    }
    return result;
  }

  /** Number of parts that a command opens, each of which it needs for its result. */
  private int opened(List<Object> command, Object... filters) throws IOException {
    Cli.Result whole = run(command, filters);
    assertEquals(0, whole.code(), whole.err());
    int opened = 0;
    for (Part part : parts) {
      Path file = out.resolve(part.name());
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, new byte[bytes.length]);
      Cli.Result without = run(command, filters);
      Files.write(file, bytes);
      if (without.code() == 0) {
        assertArrayEquals(whole.bytes(), without.bytes());
      } else {
        opened++;
      }
    }
    return opened;
  }

  private static final List<List<Object>> COMMANDS =
      List.of(
          List.of("count"),
          List.of("view"),
          List.of("head", "-n", "1000000"),
          List.of("convert", "--quiet", "--force"));

  @Test
  void aRegionOpensOnlyThePartsWithIt() throws IOException {
    String expected = Cli.run("count", REGION[0], REGION[1], bam).out();
    assertTrue(Integer.parseInt(expected.strip()) > 0);
    for (List<Object> command : COMMANDS) {
      assertEquals(1, opened(command, REGION), command.toString());
    }
    assertEquals(expected, run(List.of("count"), REGION).out());
  }

  @Test
  void ofSeveralInputsWithTheSameReferencesNoOtherPartIsOpened() throws IOException {
    Path other = Cli.bam(folder, "other.bam", SynthOptions.of(SynthProfile.SHORT, 4_000, 2));
    Object[] words = {
      "convert", "--force", "--chunk-bytes", "64K", "--batch-rows", 100, "--parts", 8, bam, other
    };
    List<Object> all = new ArrayList<>(List.of(words));
    all.add(out);
    assertEquals(0, Cli.run(all.toArray()).code());
    parts = Manifest.read(new LocalPartStore(out.toString(), false)).parts();
    assertEquals(8, parts.size());
    // convert writes the headers, for which it opens the first part of each input
    for (List<Object> command : COMMANDS.subList(0, 3)) {
      assertEquals(2, opened(command, "--region", "chr11"), command.toString());
    }
  }

  @Test
  void aConditionThatNoPartCanSatisfyOpensNone() throws IOException {
    for (List<Object> command : COMMANDS) {
      assertEquals(0, opened(command, "-f", 0x8000), command.toString());
      assertEquals(4, opened(command, "-q", 1), command.toString());
    }
    assertEquals("0\n", run(List.of("count"), "-f", 0x8000).out());
  }

  private void change(UnaryOperator<String> change) throws IOException {
    Path manifest = out.resolve(Manifest.NAME);
    String text = Files.readString(manifest);
    String changed = change.apply(text);
    assertTrue(!changed.equals(text));
    Files.writeString(manifest, changed);
  }

  @Test
  void withoutTheirTotalsPartsAreFoundInTheTableOfBatches() throws IOException {
    change(text -> text.replaceAll(",\\s*\"zone\" : \\{.*\\}", ""));
    assertEquals(1, opened(List.of("count"), REGION));
    change(text -> text.replaceAll(",\\s*\"batches\" : \\{[^}]*\\}", ""));
    assertEquals(1, opened(List.of("view"), REGION), "as an older version wrote it");
    Files.delete(out.resolve(PartNames.BATCHES));
    assertEquals(4, opened(List.of("count"), REGION));
  }

  @Test
  void aTableOfBatchesThatIsNotTheOneOfTheManifestIsNotUsed() throws IOException {
    change(text -> text.replaceAll(",\\s*\"zone\" : \\{.*\\}", ""));
    Path table = out.resolve(PartNames.BATCHES);
    byte[] bytes = Files.readAllBytes(table);
    bytes[bytes.length / 2] ^= 1;
    Files.write(table, bytes);
    assertEquals(4, opened(List.of("count"), REGION));
    Files.write(table, new byte[3]);
    assertEquals(4, opened(List.of("count"), REGION));
  }

  @Test
  void totalsThatMakeNoSenseAreIgnored() throws IOException {
    String expected = Cli.run("count", REGION[0], REGION[1], bam).out();
    String manifest = Files.readString(out.resolve(Manifest.NAME));
    Files.delete(out.resolve(PartNames.BATCHES));
    for (String zone :
        List.of(
            "null",
            "5",
            "\"x\"",
            "[]",
            "{}",
            "{\"batches\":1e99}",
            "{\"batches\":1,\"statistics\":[1]}",
            "{\"batches\":1,\"references\":7,\"statistics\":{\"rname\":5}}",
            "{\"batches\":1,\"statistics\":{\"mapq\":{\"nulls\":-1,\"min\":0,\"max\":0}}}",
            "{\"batches\":1,\"statistics\":{\"pos\":{\"nulls\":0,\"min\":9,\"max\":8}}}",
            "{\"batches\":1,\"statistics\":{\"pos\":{\"nulls\":0,\"min\":\"a\",\"max\":1}}}",
            "{\"batches\":1,\"statistics\":{\"pos\":{\"nulls\":999999999999}}}",
            "{\"batches\":1,\"statistics\":{\"pos\":{\"nulls\":0,\"min\":0,\"max\":1e300}}}",
            "{\"batches\":1,\"references\":[{\"rname\":\"x\",\"rows\":-5}]}",
            "{\"batches\":1,\"references\":[{\"rname\":\"x\",\"rows\":9223372036854775807}]}",
            "{\"batches\":1,\"references\":[{\"rname\":\"x\",\"rows\":1,\"pos_min\":\"y\"}]}",
            "{\"batches\":1,\"references\":" + "[".repeat(400) + "]".repeat(400) + "}")) {
      Files.writeString(
          out.resolve(Manifest.NAME),
          manifest.replaceAll("\"zone\" : \\{.*\\}", "\"zone\" : " + zone.replace("\\", "\\\\")));
      Cli.Result result = run(List.of("count"), REGION);
      assertEquals(0, result.code(), zone + result.err());
      assertEquals(expected, result.out(), zone);
    }
  }

  @Test
  void aPartThatIsLeftOutHasToBeThereAsTheManifestSays() throws IOException {
    Path file = out.resolve(parts.get(0).name());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, new byte[bytes.length - 1]);
    for (List<Object> command : COMMANDS) {
      Cli.Result shorter = run(command, REGION);
      assertTrue(shorter.code() != 0, command.toString());
      assertTrue(
          shorter.err().contains("it has " + (bytes.length - 1) + " bytes, the manifest says"),
          shorter.err());
    }
    Files.delete(file);
    for (List<Object> command : COMMANDS) {
      assertTrue(run(command, REGION).err().contains(file + ": is missing"), command.toString());
    }
  }

  @Test
  void filtersThatNeedAColumnThatThePartsLackAreRefusedAlsoIfNoPartIsOpened() throws IOException {
    assertEquals(0, convert("--force", "--columns", "qname,flag").code());
    for (List<Object> command : COMMANDS) {
      Cli.Result result = run(command, "-q", 1);
      assertEquals(2, result.code(), command.toString());
      assertTrue(result.err().contains("the filters need mapq"), result.err());
    }
  }

  @Test
  void rowsOfPartsThatAreLeftOutAreInTheReport() throws IOException {
    Path report = folder.resolve("report.json");
    Cli.Result result = Cli.run("convert", "--report", report, "-f", 0x8000, out, to);
    assertEquals(0, result.code(), result.err());
    assertTrue(Files.readString(report).matches("(?s).*\"rowsLeftOut\" ?: ?4000\\D.*"));
  }
}
