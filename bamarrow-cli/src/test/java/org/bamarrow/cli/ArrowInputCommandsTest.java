package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrow files, streams and directories of parts as input of {@code head} and {@code schema}. */
class ArrowInputCommandsTest {
  @TempDir private Path folder;
  private Path bam;
  private Path out;

  @BeforeEach
  void makeInput() throws IOException {
    bam = Cli.bam(folder, "in.bam", SynthOptions.of(SynthProfile.SHORT, 4_000, 1));
    out = folder.resolve("out");
  }

  private void convert(Object... more) {
    Stream<Object> words = Stream.of("convert", "--chunk-bytes", "64K", "--parts", 4, bam, out);
    assertEquals(0, Cli.run(Stream.concat(words, Stream.of(more)).toArray()).code());
  }

  private List<String> viewed() throws IOException {
    Path sam = folder.resolve("view.sam");
    assertEquals(0, Cli.run("view", "-o", sam, out).code());
    return Files.readAllLines(sam);
  }

  @Test
  void headPrintsTheFirstRecordsOfArrowDataOfAnyForm() throws IOException {
    convert();
    Path one = folder.resolve("one.arrow");
    Path stream = folder.resolve("one.arrows");
    assertEquals(0, Cli.run("convert", bam, one).code());
    assertEquals(0, Cli.run("convert", bam, stream).code());
    List<String> all = viewed();
    for (Path arrow : List.of(out, one, stream)) {
      assertEquals(all.subList(0, 10), Cli.run("head", arrow).out().lines().toList());
      Cli.Result beyondOnePart = Cli.run("head", "-n", 3_000, arrow);
      assertEquals(all.subList(0, 3_000), beyondOnePart.out().lines().toList());
      assertEquals(all, Cli.run("head", "-n", 5_000, arrow).out().lines().toList());
      assertEquals("", Cli.run("head", "-n", 0, arrow).out());
      Cli.Result filtered = Cli.run("head", "-n", 3_000, "-F", "REVERSE", arrow);
      assertEquals(Cli.run("view", "-F", "REVERSE", arrow).out(), filtered.out());
      assertTrue(filtered.out().lines().count() > 1_000, filtered.err());
    }
  }

  @Test
  void headReadsNoPartBehindItsRecords() throws IOException {
    convert();
    String first = Cli.run("head", out).out();
    String last = Cli.names(out).get(4); // the manifest's name comes first
    Files.write(out.resolve(last), new byte[1]);
    assertEquals(first, Cli.run("head", out).out());
    Cli.Result all = Cli.run("head", "-n", 5_000, out);
    assertEquals(1, all.code());
    assertTrue(all.err().contains("is not the one that was written"), all.err());
  }

  @Test
  void schemaPrintsTheSchemaThatArrowDataHave() throws IOException {
    convert("--tags", "NM:i", "--columns", "qname,tags");
    Path one = folder.resolve("one.arrow");
    assertEquals(
        0, Cli.run("convert", "--tags", "NM:i", "--columns", "qname,tags", bam, one).code());
    Cli.Result ofBam = Cli.run("schema", "--tags", "NM:i", "--columns", "qname,tags", bam);
    for (Path arrow : List.of(out, one)) {
      assertEquals(ofBam.out(), Cli.run("schema", arrow).out());
      JsonNode json = new ObjectMapper().readTree(Cli.run("schema", "--json", arrow).bytes());
      assertEquals("qname", json.get("fields").get(0).get("name").asText());
      assertTrue(json.get("metadata").toString().contains("bamarrow.options"));
      assertEquals(2, Cli.run("schema", "--tags", "none", arrow).code());
      assertEquals(2, Cli.run("schema", bam, arrow).code());
    }
  }

  @Test
  void aDirectoryWithoutManifestHasNeitherHeadNorSchema() throws IOException {
    convert();
    Files.delete(out.resolve("_manifest.json"));
    for (String command : List.of("head", "schema")) {
      Cli.Result result = Cli.run(command, out);
      assertEquals(1, result.code());
      assertEquals("", result.out());
      assertTrue(result.err().contains(out + ": has no _manifest.json"), result.err());
    }
  }

  /** Cases found by mutating Arrow files, each of which was an internal error once. */
  @ParameterizedTest
  @ValueSource(strings = {"k1", "k3", "k10", "k17", "k24", "oom-"})
  void damagedFilesAreReadOrAreOneClearError(String name) throws IOException {
    Path cases = Path.of(System.getProperty("bamarrow.shared", "../../shared"), "cases/hostile");
    Path damaged = cases.resolve("arrow-damaged");
    assumeTrue(Files.isDirectory(damaged), damaged + " is not there: skipped");
    Path file;
    try (Stream<Path> all = Files.list(damaged)) {
      file =
          all.filter(each -> each.getFileName().toString().replace(".arrow", "").startsWith(name))
              .min(Comparator.comparing(each -> each.toString().length()))
              .orElseThrow();
    }
    Path other = folder.resolve("other.arrow");
    for (Object[] words :
        List.of(
            new Object[] {"view", file},
            new Object[] {"head", file},
            new Object[] {"schema", file},
            new Object[] {"verify", bam, file},
            new Object[] {"concat", "--force", "--quiet", other, file})) {
      Cli.Result result = Cli.run(words);
      String said = words[0] + ": " + result.err();
      if (result.err().isEmpty()) {
        assertTrue(result.code() == 0 || words[0].equals("verify"), said);
      } else {
        assertTrue(result.code() != 0, said);
        assertTrue(result.err().contains(file.toString()), said);
        assertFalse(result.err().contains("internal error"), said);
        assertFalse(result.err().contains("Memory was leaked"), said);
        assertEquals(1, result.err().lines().count(), said);
      }
    }
  }

  @Test
  void aFifoAsAPartOrAsArrowDataIsRefusedAndNotWaitedFor() throws Exception {
    convert();
    Path part = out.resolve(Cli.names(out).get(2)); // after the statistics and the manifest
    Files.delete(part);
    assertEquals(0, new ProcessBuilder("mkfifo", part.toString()).start().waitFor());
    for (Object[] words :
        List.of(
            new Object[] {"view", out},
            new Object[] {"head", out},
            new Object[] {"verify", bam, out},
            new Object[] {"view", part},
            new Object[] {"concat", folder.resolve("all.arrow"), part})) {
      Cli.Result result = Cli.run(words);
      assertEquals(1, result.code(), words[0].toString());
      assertTrue(result.err().contains(part + ": is not a regular file"), result.err());
    }
  }

  @Test
  void arrowDataThatBamarrowDidNotWriteHaveASchemaAndNoSamText() throws IOException {
    Path file = folder.resolve("others.arrow");
    try (RootAllocator allocator = new RootAllocator();
        IntVector numbers = new IntVector("n", allocator);
        OutputStream stream = Files.newOutputStream(file)) {
      numbers.setSafe(0, 1);
      VectorSchemaRoot root = VectorSchemaRoot.of(numbers);
      root.setRowCount(1);
      try (ArrowFileWriter writer = new ArrowFileWriter(root, null, Channels.newChannel(stream))) {
        writer.writeBatch();
      }
    }
    assertEquals(List.of("n", "int32", "nullable"), words(Cli.run("schema", file).out()));
    for (Object[] words :
        List.of(
            new Object[] {"view", file},
            new Object[] {"head", file},
            new Object[] {"verify", bam, file})) {
      Cli.Result result = Cli.run(words);
      assertEquals(1, result.code());
      assertTrue(result.err().contains(file + ": the schema metadata have no 'bamarrow.options'"));
      assertTrue(result.err().contains("bamarrow schema shows its columns"), result.err());
    }
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }
}
