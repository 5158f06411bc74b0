package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BAMs with odd headers and dictionaries, and what samtools says of them. */
class HeaderCasesTest {
  @TempDir Path folder;
  private Path cases;

  @BeforeEach
  void find() {
    cases = Path.of(System.getProperty("bamarrow.shared", "../../shared"), "cases");
    assumeTrue(Files.isDirectory(cases), "no cases at " + cases);
  }

  private Path dictionary(String name) {
    return cases.resolve("25-reference-twice-in-dictionary").resolve(name + ".bam");
  }

  private Path header(String name) {
    return cases.resolve("05-odd-headers").resolve(name + ".bam");
  }

  private static String expected(Path bam) throws IOException {
    String name = bam.getFileName().toString().replace(".bam", ".expected.sam");
    return Files.readString(bam.resolveSibling(name), StandardCharsets.UTF_8);
  }

  private Path converted(Path bam, String... options) {
    Path arrow = folder.resolve("out.arrow");
    String[] arguments = {"convert", "--force", "--other-tags", "all", "--tags", "none"};
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(options));
    all.add(bam.toString());
    all.add(arrow.toString());
    ok(all.toArray());
    return arrow;
  }

  private static Cli.Result run(String... arguments) {
    return Cli.run((Object[]) arguments);
  }

  private static String ok(Object... arguments) {
    Cli.Result result = Cli.run(arguments);
    assertEquals(0, result.code(), result.err());
    return result.out();
  }

  private byte[] view(Path arrow, String... options) throws IOException {
    Path sam = Files.createTempFile(folder, "view", ".sam");
    Files.delete(sam);
    List<Object> words = new ArrayList<>(List.of("view", "-o", sam));
    words.addAll(List.of(options));
    words.add(arrow);
    ok(words.toArray());
    return Files.readAllBytes(sam);
  }

  private String viewed(Path arrow, String... options) throws IOException {
    return new String(view(arrow, options), StandardCharsets.UTF_8);
  }

  private static void verified(Path bam, Path arrow) {
    String line = ok("verify", bam, arrow);
    assertTrue(line.startsWith("equal"), line);
  }

  /** htsjdk takes no such names, and verify says so instead of calling them equal. */
  private static void notReadByHtsjdk(Path bam, Path arrow) {
    Cli.Result result = Cli.run("verify", bam, arrow);
    assertEquals(1, result.code());
    assertTrue(result.out().startsWith("not verified: " + bam + ": htsjdk cannot"), result.out());
  }

  @ParameterizedTest
  @CsvSource({
    "case, true",
    "empty-name, false",
    "eq-ref, false",
    "star-ref, false",
    "utf8-name, false",
    "neg-length-ref, true",
    "zero-length-ref, true",
  })
  void namesAndLengthsOfAllKindsGiveTheRowsOfSamtools(String name, boolean htsjdk)
      throws IOException {
    Path bam = dictionary(name);
    Path arrow = converted(bam);
    Path parts = folder.resolve("parts");
    ok("convert", "--parts", "2", bam, parts + "/");
    for (Path each : List.of(arrow, parts)) {
      if (htsjdk) {
        verified(bam, each);
      } else {
        notReadByHtsjdk(bam, each);
      }
    }
    assertEquals(expected(bam), viewed(arrow));
    assertEquals("3\n", ok("count", bam.toString()));
  }

  @Test
  void namesThatAreNotUtf8AreMappedFromLatin1OnRequest() throws IOException {
    Path bam = dictionary("latin-name");
    Cli.Result refused = run("convert", bam.toString(), folder.resolve("no.arrow").toString());
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("--text-encoding latin-1"), refused.err());
    Path arrow = converted(bam, "--text-encoding", "latin-1");
    assertArrayEquals(
        Files.readAllBytes(bam.resolveSibling("latin-name.expected.sam")), view(arrow));
    notReadByHtsjdk(bam, arrow);
  }

  @ParameterizedTest
  @CsvSource({
    "case, Chr1:1-100, r0",
    "case, chr1, r1",
    "utf8-name, chré, r0",
    "neg-length-ref, b, r1",
    "zero-length-ref, b, r1",
    "eq-ref, {=}, r0",
  })
  void regionsFindReferencesOfAllNamesAndLengths(String name, String region, String read)
      throws IOException {
    String rows = viewed(converted(dictionary(name), "--region", region));
    assertEquals(List.of(read), rows.lines().map(line -> line.split("\t")[0]).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "same-name-other-length, with 1000 and 900 bases",
    "same-name-same-length, with 1000 and 1000 bases",
  })
  void aNameTwiceInOneDictionaryIsAnErrorAsInSamtools(String name, String lengths) {
    String bam = dictionary(name).toString();
    String out = folder.resolve("no.arrow").toString();
    for (String[] command :
        new String[][] {
          {"convert", bam, out},
          {"convert", "--parts", "2", bam, folder.resolve("no") + "/"},
          {"convert", "--region", "x", bam, out},
          {"count", "--region", "x", bam},
          {"head", bam},
          {"schema", bam},
        }) {
      Cli.Result refused = run(command);
      assertEquals(1, refused.code(), command[0]);
      assertTrue(
          refused.err().contains("duplicate reference NC_013791.2 in the dictionary, " + lengths),
          refused.err());
    }
    assertTrue(Files.notExists(Path.of(out)));
    assertTrue(Files.notExists(folder.resolve("no")));
    assertTrue(ok("header", bam).contains("SN:NC_013791.2"), "still to be looked at");
  }

  @ParameterizedTest
  @CsvSource({
    "co-long, s, null",
    "dup-rg, s, l1",
    "rg-dup-sm, s, null",
    "rg-no-id, null, null",
  })
  void ofDoubledReadGroupsAndFieldsTheFirstCounts(String name, String sample, String library)
      throws IOException {
    Path bam = header(name);
    Path arrow = folder.resolve("rg.arrow");
    ok("convert", "--columns", "qname,read_group,sample,library", bam.toString(), arrow.toString());
    assertEquals("g", value(arrow, "read_group"));
    assertEquals(sample, value(arrow, "sample"));
    assertEquals(library, value(arrow, "library"));
    verified(bam, arrow);
    if (!name.equals("rg-no-id")) { // samtools refuses that one's header
      assertEquals(expected(bam), viewed(converted(bam)));
    }
  }

  private static String value(Path arrow, String column) throws IOException {
    return ArrowTable.file(arrow).column(column).get(0);
  }

  /** samtools refuses it; here a header's text is kept byte for byte and its rows are read. */
  @Test
  void aByteOrderMarkInFrontOfTheTextStaysThere() throws IOException {
    Path bam = header("bom");
    Path arrow = converted(bam);
    verified(bam, arrow);
    assertTrue(viewed(arrow, "-H").startsWith("\ufeff@HD"));
  }

  @Test
  void threeMillionReferencesOfOneNameAreRefusedBeforeAnythingIsWritten() {
    Path out = folder.resolve("no.arrow");
    Cli.Result refused =
        run("convert", cases.resolve("hostile/many-refs/refs3m.bam") + "", out + "");
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("duplicate reference a"), refused.err());
    assertTrue(Files.notExists(out));
  }
}
