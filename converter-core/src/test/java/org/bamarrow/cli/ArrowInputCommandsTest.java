package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
      Cli.Result filtered = Cli.run("head", "-F", "REVERSE", arrow);
      assertEquals(2, filtered.code());
      assertTrue(filtered.err().contains("-F is for BAMs, and " + arrow), filtered.err());
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
}
