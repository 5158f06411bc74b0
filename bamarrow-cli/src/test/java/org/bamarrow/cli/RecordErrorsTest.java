package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import htsjdk.samtools.util.BlockCompressedInputStream;
import htsjdk.samtools.util.BlockCompressedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bamarrow.Cases;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are not sound: what is said of them, and that the advice helps. */
class RecordErrorsTest {
  private static final String QUAL = "21-first-quality-255-rest-0/";

  @TempDir private Path folder;

  private String refused(Object... words) {
    Cli.Result result = Cli.run(words);
    assertEquals(1, result.code(), result.err());
    assertEquals(1, result.err().lines().count(), result.err());
    assertFalse(result.err().contains("fetch"), result.err());
    assertFalse(result.err().contains("Options."), "the API's words: " + result.err());
    return result.err();
  }

  private static void assertHas(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), () -> "'" + part + "' is not in: " + text);
    }
  }

  @Test
  void brokenTagsNameTheReadAndTheOptionsThatReadTheRest() throws IOException {
    Path bam = Cases.file("02-NUL-in-MD/in.bam");
    Path out = folder.resolve("o.arrow");
    assertHas(
        refused("convert", bam, out),
        "at virtual offset 7864456 (block at byte 120, 136 within): record 3, read 'r2' at"
            + " chr1:12:",
        "was written this way",
        "--tags none --other-tags none",
        "--limit");
    assertFalse(Files.exists(out));
    Cli.Result rest =
        Cli.run("convert", "--tags", "none", "--other-tags", "none", "--quiet", bam, out);
    assertEquals(0, rest.code(), rest.err());
    Cli.Result before = Cli.run("convert", "--force", "--quiet", "--limit", 2, bam, out);
    assertEquals(0, before.code(), before.err());
    Path expected = Cases.file("02-NUL-in-MD/in.expected.sam");
    String rows = Files.readString(expected).replaceAll("(?m)^#.*\\R?", "");
    assertEquals(rows, Cli.run("view", out).out());
    assertEquals(rows, Cli.run("head", "-n", 2, bam).out());
  }

  @Test
  void adviceNamesOnlyOptionsThatTheCommandHas() {
    Path bam = Cases.file("02-NUL-in-MD/in.bam");
    String head = refused("head", bam);
    assertHas(head, "record 3, read 'r2'", "can be read with -n");
    assertFalse(head.contains("--tags"), head);
    assertFalse(head.contains("--limit"), head);
    String count = refused("count", "-d", "ZZ", bam);
    assertHas(count, "record 3, read 'r2'", "remove the filters");
    assertFalse(count.contains("--limit"), count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipeline", "sequential", "segments"})
  void aCigarThatDoesNotFitNamesTheReadUnderEveryStrategy(String strategy) {
    Path bam = Cases.file("22-cigar-and-seq-lengths-differ/in.bam");
    Path out = folder.resolve("o.arrow");
    assertHas(
        refused("convert", "--strategy", strategy, bam, out),
        ": record 2, read 'bad' at chr1:7: mapped record with a CIGAR of query length 5 and a SEQ"
            + " of length 4",
        "leave out the column 'end' with --columns");
    String columns = "qname,flag,rname,pos,mapq,cigar,rnext,pnext,tlen,seq,qual,tags,other_tags";
    Cli.Result rest = Cli.run("convert", "--quiet", "--columns", columns, bam, out);
    assertEquals(0, rest.code(), rest.err());
  }

  @Test
  void theNumberInTheFileIsTheSameForAllThreadsAndSegments() throws IOException {
    Path good = Cli.bam(folder, "good.bam", SynthOptions.of(SynthProfile.SHORT, 20_000, 1));
    byte[] data;
    try (BlockCompressedInputStream in = new BlockCompressedInputStream(good.toFile())) {
      data = in.readAllBytes();
    }
    int at = firstRecord(data);
    for (int number = 1; number < 15_000; number++) {
      at = RecordLayout.end(data, at);
    }
    data[RecordLayout.qual(data, at)] = 100; // which no search for a record minds
    Path bad = folder.resolve("bad.bam");
    try (BlockCompressedOutputStream out = new BlockCompressedOutputStream(bad.toFile())) {
      out.write(data);
    }
    Path out = folder.resolve("o.arrow");
    String one = refused("convert", "--strategy", "sequential", bad, out);
    assertHas(one, ": record 15000, read '", "base quality 100 at base 1 ");
    assertEquals(one, refused("convert", "-@", 4, bad, out));
    assertEquals(
        one,
        refused(
            "convert",
            "--strategy",
            "segments",
            "--segments",
            7,
            "--chunk-bytes",
            "64K",
            bad,
            out));
    assertHas(
        refused("convert", "--parts", 4, "--chunk-bytes", "64K", bad, folder + "/parts/"),
        " of this part of the file (its number in the file is not known), read '");
    assertEquals(0, Cli.run("convert", "--quiet", "--limit", 14_999, bad, out).code());
  }

  private static int firstRecord(byte[] data) {
    int at = 8 + LittleEndian.int32(data, 4);
    int references = LittleEndian.int32(data, at);
    at += 4;
    for (int i = 0; i < references; i++) {
      at += 8 + LittleEndian.int32(data, at);
    }
    return at;
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "numbers"})
  void qualitiesThatBeginWith255AreMissingAndCounted(String form) throws IOException {
    Path bam = Cases.file(QUAL + "in.bam");
    Path out = folder.resolve("o.arrow");
    Path report = folder.resolve("r.json");
    Cli.Result done = Cli.run("convert", "--qual", form, "--report", report, bam, out);
    assertEquals(0, done.code(), done.err());
    assertHas(done.err(), "qual       null in 2 rows whose qualities start with 0xff");
    JsonNode json = new ObjectMapper().readTree(report.toFile());
    assertEquals(2, json.get("qualitiesTakenAsMissing").asInt());
    String expected = Files.readString(Cases.file(QUAL + "in.expected.sam"));
    assertEquals(expected, Cli.run("view", out).out());
    assertEquals(expected, Cli.run("head", bam).out());
    assertEquals(0, Cli.run("verify", bam, out).code());
  }

  @Test
  void theCountIsThatOfAllPartsAndSegments() throws IOException {
    Path bam = Cases.file(QUAL + "in.bam");
    for (String[] how : new String[][] {{"--parts", "2", "p/"}, {"--strategy", "segments", "s"}}) {
      Path report = folder.resolve("r" + how[1] + ".json");
      String out = folder + "/" + how[2];
      Cli.Result done = Cli.run("convert", how[0], how[1], "--report", report, bam, out);
      assertEquals(0, done.code(), done.err());
      assertEquals(
          2, new ObjectMapper().readTree(report.toFile()).get("qualitiesTakenAsMissing").asInt());
    }
  }

  @Test
  void qualitiesThatTextCannotHoldAreNumbers() {
    Path bam = Cases.file(QUAL + "q94.bam");
    Path out = folder.resolve("o.arrow");
    assertHas(
        refused("convert", bam, out),
        "record 1, read 'q' at chr1:6: base quality 94 at base 2",
        "--qual numbers",
        "--no-quality");
    assertEquals(0, Cli.run("convert", "--quiet", "--no-quality", bam, out).code());
    assertEquals(0, Cli.run("convert", "--quiet", "--force", "--qual", "numbers", bam, out).code());
    assertEquals(0, Cli.run("verify", bam, out).code());
    Path phred64 = Cases.file(QUAL + "plus64.bam");
    assertEquals(0, Cli.run("convert", "--quiet", "--force", phred64, out).code());
    assertEquals(0, Cli.run("verify", phred64, out).code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"len1", "len2", "ref_esc", "tagesc"})
  void nothingOfAFileSteersTheTerminal(String name) {
    Path bam = Cases.file("hostile/escapes/" + name + ".bam");
    String out = folder.resolve("o.arrow").toString();
    for (Object[] words :
        new Object[][] {
          {"convert", bam, out},
          {"convert", "--tags", "scan", "--on-tag-mismatch", "fail", bam, out + "2"},
          {"count", "--region", "nowhere", bam},
          {"convert", bam, bam, out + "3"},
          {"verify", bam, out}
        }) {
      Cli.Result result = Cli.run(words);
      String shown = result.err() + (words[0].equals("verify") ? result.out() : "");
      assertTrue(shown.lines().allMatch(line -> line.length() < 5_000), shown);
      assertFalse(shown.chars().anyMatch(c -> c < ' ' && c != '\n' || c == 0x7f), shown);
    }
  }
}
