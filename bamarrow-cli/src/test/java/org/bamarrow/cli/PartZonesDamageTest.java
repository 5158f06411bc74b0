package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.PartNames;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code verify} finds statistics of parts that contradict the rows. */
class PartZonesDamageTest extends PartsCommands {
  private Path manifest;
  private String text;

  @BeforeEach
  void convertAndRead() throws IOException {
    assertEquals(0, convert("--batch-rows", 100).code());
    manifest = out.resolve(Manifest.NAME);
    text = Files.readString(manifest);
  }

  private Cli.Result verify() {
    return Cli.run("verify", bam, out);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"batches\":'                      | '\"batches\":1'               | batches",
        "'(\"flag\":\\{.*?\"and\":)\\d+'     | '$15'                         | flag.and",
        "'(\"flag\":\\{.*?\"or\":)\\d+'      | '$18192'                      | flag.or",
        "'(\"flag\":\\{.*?\"or\":)\\d+'      | '$1\"x\"'                     | flag.or",
        "'(\"mapq\":\\{\"nulls\":)\\d+'      | '$17777'                      | mapq.nulls",
        "'(\"mapq\":\\{\"nulls\":)\\d+'      | '$1null'                      | mapq.nulls",
        "'(\"mapq\":.*?\"min\":)\\d+'        | '$1255'                       | mapq.min",
        "'(\"pos\":.*?\"max\":)\\d+'         | '$10.5'                       | pos.max",
        "'(\"NM\":.*?\"max\":)\\d+'          | '$1999'                       | tags.NM.max",
        "'\"pos_min\":\\d+'                  | '\"pos_min\":2'               | references",
        "'\"end_max\":\\d+'                  | '\"end_max\":1'               | references",
        "'\"references\":\\[.*?\\]'          | '\"references\":[]'           | references",
        "'\"statistics\":\\{'     | '\"statistics\":{\"nobody\":{\"nulls\":1},' | nobody",
      })
  void statisticsOfAPartThatContradictItsRowsAreFound(String from, String to, String what)
      throws IOException {
    String changed = text.replaceFirst(from, to);
    assertTrue(!changed.equals(text), from);
    Files.writeString(manifest, changed);
    Cli.Result result = verify();
    assertEquals(1, result.code(), result.out() + result.err());
    String all = result.out() + result.err();
    assertTrue(all.contains("in the manifest, " + what + ")"), all);
  }

  @Test
  void rowsThatAreNotSortedAsTheManifestSaysAreFound() throws IOException {
    assertTrue(text.contains("\"sorted\":true"));
    bam =
        Cli.bam(
            folder,
            "unsorted.bam",
            SynthOptions.of(SynthProfile.SHORT, 4_000, 1).withSorted(false));
    assertEquals(0, convert("--force").code());
    assertEquals(0, verify().code());
    String unsorted = Files.readString(manifest);
    String changed = unsorted.replaceFirst("\"sorted\":false", "\"sorted\":true");
    assertTrue(!changed.equals(unsorted));
    Files.writeString(manifest, changed);
    assertEquals(1, verify().code());
  }

  @Test
  void whatIsNotKnownOfAPartIsNoContradiction() throws IOException {
    Files.writeString(
        manifest,
        text.replaceFirst("\"pos\":\\{.*?\\}", "\"pos\":{}")
            .replaceFirst("\"references\":\\[.*?\\],", "")
            .replaceFirst("\"sorted\":true", "\"sorted\":false"));
    assertEquals(0, verify().code(), verify().err());
    Files.writeString(manifest, text.replaceAll(",\\s*\"zone\" : \\{.*\\}", ""));
    assertEquals(0, verify().code(), verify().err());
  }

  @Test
  void aTableOfBatchesThatIsNotTheOneOfTheManifestIsFound() throws IOException {
    Path table = out.resolve(PartNames.BATCHES);
    byte[] bytes = Files.readAllBytes(table);
    bytes[bytes.length - 20] ^= 1;
    Files.write(table, bytes);
    Cli.Result result = verify();
    assertEquals(1, result.code());
    assertTrue(result.err().contains(PartNames.BATCHES + " is not the one"), result.err());
    assertTrue(result.err().contains("its CRC-32 is"), result.err());
    Files.write(table, new byte[7]);
    assertTrue(verify().err().contains("it has 7 bytes, the manifest says"));
    Files.delete(table);
    assertEquals(0, verify().code(), "readers do without it");
  }
}
