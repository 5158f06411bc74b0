package org.bamarrow.cli;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of names in every packing, and what is said where they match nothing. */
class FilterListsTest {
  private static final Path CASES =
      Path.of(System.getProperty("bamarrow.shared", "../../shared"), "cases");

  @TempDir Path folder;
  private Path bam;

  @BeforeEach
  void makeBam() throws Exception {
    bam =
        Cli.bamOf(
            folder,
            "in.bam",
            "@SQ SN:chr1 LN:1000",
            "@SQ SN:chr2 LN:1000",
            "@RG ID:x",
            "a 0 chr1 10 9 1M * 0 0 A I CB:Z:AC-1 RG:Z:x",
            "b 16 chr1 20 9 1M * 0 0 A I CB:Z:AG-1 RG:Z:x",
            "c 0 chr2 30 9 1M * 0 0 A I NH:i:2");
  }

  /** Cell Ranger's file and what people make of it, by the counts of samtools for the plain one. */
  @ParameterizedTest
  @CsvSource({
    "barcodes.tsv, 16",
    "barcodes.tsv.gz, 16",
    "barcodes-bom.txt, 16",
    "barcodes-crlf.tsv, 16",
    "barcodes-header.tsv, 16",
    "barcodes-noend.tsv, 16",
    "barcodes.csv, 0",
    "empty.tsv, 0"
  })
  void barcodes(String list, String count) {
    Path cell = CASES.resolve("13-barcodes-tsv-gz");
    Assumptions.assumeTrue(Files.exists(cell), "no cases at " + cell);
    Cli.Result result = Cli.run("count", "-D", "CB:" + cell.resolve(list), cell.resolve("in.bam"));
    assertEquals(count, result.out().strip(), result.err());
    assertEquals(!count.equals("0"), result.err().isEmpty(), result.err());
    Path utf16 = cell.resolve("barcodes-utf16.txt");
    Cli.Result refused = Cli.run("count", "-D", "CB:" + utf16, cell.resolve("in.bam"));
    assertEquals(2, refused.code());
    assertTrue(refused.err().startsWith("bamarrow: -D " + utf16 + ": it is UTF-16"), refused.err());
  }

  @ParameterizedTest
  @CsvSource({"-D, CB:, AC-1", "-N, '', a", "-R, '', x", "-L, '', chr1 9 10"})
  void everyListIsReadInEveryPacking(String option, String before, String entry) throws Exception {
    byte[] text = ("\ufeff" + entry + "\n").getBytes(UTF_8);
    Path plain = Files.write(folder.resolve("plain"), text);
    Path zstd = Files.write(folder.resolve("zstd"), Zstd.compress(text));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text);
    }
    Path gzip = Files.write(folder.resolve("gzip"), packed.toByteArray());
    String expected = option.equals("-R") ? "3" : "1"; // -R keeps records without RG
    for (Path list : List.of(plain, zstd, gzip)) {
      Cli.Result result = Cli.run("count", "-X", "off", option, before + list, bam);
      assertEquals(expected, result.out().strip(), list + ": " + result.err());
      assertEquals("", result.err());
    }
    Path utf16 = Files.write(folder.resolve("utf16"), entry.getBytes(UTF_16));
    for (String command : List.of("count", "head", "schema")) {
      Cli.Result refused = Cli.run(command, option, before + utf16, bam);
      assertEquals(2, refused.code());
      assertTrue(refused.err().contains("utf16: it is UTF-16"), refused.err());
    }
  }

  @ParameterizedTest
  @CsvSource({"-N, a", "-N, ^b c", "-R, x", "-R, ^y", "-R, ^x"})
  void aListIsExcludedWithACaretAndMayBeStandardInput(String option, String entries)
      throws Exception {
    boolean excluded = entries.startsWith("^");
    String text = entries.substring(excluded ? 1 : 0);
    Path file = Files.writeString(folder.resolve("list"), text + "\n");
    String caret = excluded ? "^" : "";
    String expected = option.equals("-N") || entries.equals("^x") ? "1" : "3";
    Cli.Result result = Cli.run("count", option, caret + file, bam);
    assertEquals(expected, result.out().strip(), result.err());
    InputStream input = new ByteArrayInputStream(text.getBytes(UTF_8));
    assertEquals(expected, Cli.withInput(input, "count", option, caret + "-", bam).out().strip());
    Path arrow = folder.resolve("out.arrow");
    assertEquals(0, Cli.run("convert", "--quiet", option, caret + file, bam, arrow).code());
    Cli.Result verified = Cli.run("verify", bam, arrow);
    assertEquals(0, verified.code(), verified.out());
  }

  @Test
  void onlyOneListOrInputIsStandardInput() throws IOException {
    Path list = Files.writeString(folder.resolve("list"), "a\n");
    for (Object[] words :
        new Object[][] {
          {"count", "-N", "-", "-L", "-", bam},
          {"count", "-D", "CB:-", "-"},
          {"head", "-R", "^-", "-"},
          {"convert", "-N", "-", "-", folder.resolve("out.arrow")},
          {"verify", "-N", "-", "-R", "-", bam, folder.resolve("out.arrow")}
        }) {
      Cli.Result result = Cli.run(words);
      assertEquals(2, result.code(), result.err());
      assertTrue(result.err().contains("standard input can be read only once"), result.err());
    }
    for (Object[] words :
        new Object[][] {
          {"count", "-N", list, "-N", "^" + list, bam}, {"count", "-r", "x", "-R", "^" + list, bam}
        }) {
      Cli.Result result = Cli.run(words);
      assertEquals(2, result.code(), result.err());
      assertTrue(result.err().contains("cannot be combined"), result.err());
    }
  }

  @Test
  void theReportHasWhatEachFilterRemoved() throws IOException {
    Path names = Files.writeString(folder.resolve("names"), "b\n");
    Path report = folder.resolve("report.json");
    Path arrow = folder.resolve("out.arrow");
    Cli.Result result =
        Cli.run(
            "convert",
            "-e",
            "[CB]",
            "-F",
            "REVERSE",
            "-N",
            names,
            "--region",
            "chr1",
            "-X",
            "off",
            "--report",
            report,
            bam,
            arrow);
    assertEquals(0, result.code(), result.err());
    JsonNode removed = new ObjectMapper().readTree(report.toFile()).path("removed");
    assertEquals(
        "{\"regions\":1,\"expressions\":0,\"excludeFlags\":1,\"names\":1}", removed.toString());
    assertTrue(
        result
            .err()
            .contains("removed    1 by regions, 0 by filter expressions, 1 by -F, 1 by names"),
        result.err());
    Cli.Result invalid = Cli.run("count", "-e", "mapq >> 3", bam);
    assertEquals(2, invalid.code());
    assertEquals(
        "bamarrow: --expr 'mapq >> 3': character 7: expected a value, found '>'",
        invalid.err().strip().split(";")[0]);
  }

  @Test
  void aByteThatIsNotUtf8IsForTheNameOfABedToMindOnly() throws IOException {
    byte[] bed =
        "#caf\u00e9\nchr1\t9\t10\tg\u00e8ne\n"
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("x.bed"), bed);
    Cli.Result result = Cli.run("count", "-X", "off", "-L", file, bam);
    assertEquals("1", result.out().strip(), result.err());
    bed[6] = (byte) 0xe9;
    Files.write(file, bed);
    Cli.Result refused = Cli.run("count", "-X", "off", "-L", file, bam);
    assertEquals(2, refused.code());
    String expected = file + ": the reference name in line 2 is not UTF-8";
    assertTrue(refused.err().contains(expected), refused.err());
  }

  @Test
  void aListThatMatchesNothingIsToldByEveryCommand() throws IOException {
    Path list = Files.writeString(folder.resolve("list"), "AC\nAG\n");
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    told("-N: none of the 2 names is the QNAME of a record", "-N", list);
    told("-R: none of the 2 read groups is the RG of a record", "-R", list);
    told("-D: none of the 2 values is the CB of a record", "-D", "CB:" + list);
    told("-D: no record that passes the other filters has CR", "-D", "CR:" + list);
    told("-D: the list of values is empty", "-D", "CB:" + empty);
    told("no record that passes the other filters has XX", "-d", "XX");
    told("-D: none of the 1 values is the CB of a record", "-d", "CB:AC");
  }

  @Test
  void aBedOfOtherReferencesIsToldByEveryCommand() throws IOException {
    Path bed = Files.writeString(folder.resolve("x.bed"), "1 0 9\n2 0 9\n3 0 9\n4 0 9\n");
    told(
        "no reference of the BED file (1, 2, 3, ...) is in the header (chr1, chr2), so no record"
            + " overlaps it",
        "-L",
        bed);
    Files.writeString(bed, "chr1 0 100\nchrM 0 9\n");
    told("1 of 2 references of the BED file are not in the header: chrM", "-L", bed);
    Files.writeString(bed, "chr1 5 5\n");
    told("the BED file has no intervals that are not empty", "-L", bed);
  }

  @Test
  void aListThatWasFoundIsNotToldAndTheReportHasTheCounts() throws IOException {
    Path names = Files.writeString(folder.resolve("names"), "a\nb\nz\n");
    Path bed = Files.writeString(folder.resolve("x.bed"), "chr1 0 100\nchrM 0 9\n");
    Path report = folder.resolve("report.json");
    for (Object output : List.of(folder.resolve("out.arrow"), folder.resolve("parts") + "/")) {
      Cli.Result result =
          Cli.run(
              "convert",
              "-X",
              "off",
              "-N",
              names,
              "-L",
              bed,
              "-d",
              "CB:AC-1",
              "-r",
              "y",
              "-r",
              "x",
              "--report",
              report,
              bam,
              output);
      assertEquals(0, result.code(), result.err());
      assertFalse(result.err().contains("none of"), result.err());
      assertTrue(result.err().contains("1 of 2 references of the BED file are not"), result.err());
      String found =
          "  found      1 of 2 read groups, 1 of 1 tag, 1 of 1 tag values, 1 of 3 names,";
      assertTrue(result.err().contains(found), result.err());
      JsonNode lists = new ObjectMapper().readTree(report.toFile()).get("lists");
      assertEquals(
          "{'readGroups':{'listed':2,'found':1},'tag':{'listed':1,'found':1},"
              + "'tagValues':{'listed':1,'found':1},'names':{'listed':3,'found':1},"
              + "'bedReferences':{'listed':2,'found':1}}",
          lists.toString().replace('"', '\''));
      Files.delete(report);
    }
    Cli.Result plain = Cli.run("convert", "--report", "-", bam, folder.resolve("plain.arrow"));
    assertEquals("{}", new ObjectMapper().readTree(plain.out()).get("lists").toString());
  }

  @Test
  void flagsThatExcludeEachOtherAreTold() {
    told("-f and -F both contain 0x4: no record can pass", "-f", 4, "-F", "UNMAP,DUP");
    told("-f contains all bits of -G 0x5: no record can pass", "-f", 7, "-G", 5);
  }

  /** One argument a line, so that no sign within it means anything. */
  @Test
  void aFileOfArgumentsTakesEachLineAsItIs() throws IOException {
    Path odd = Files.copy(bam, folder.resolve("HG1#2 'x'.bam"));
    Path arguments = Files.writeString(folder.resolve("args"), "count\n# two\n" + odd + "\n" + bam);
    Cli.Result result = Cli.run("@" + arguments);
    assertEquals("6", result.out().strip(), result.err());
  }

  @Test
  void quietMeansNoNotes() throws IOException {
    Path list = Files.writeString(folder.resolve("list"), "z\n");
    Cli.Result result = Cli.run("convert", "--quiet", "-N", list, bam, folder.resolve("o.arrow"));
    assertEquals(0, result.code());
    assertEquals("", result.err());
  }

  private void told(String note, Object... options) {
    Object[][] commands = {
      {"count"}, {"head"}, {"convert"}, {"convert", "--parts", "2"},
    };
    for (Object[] command : commands) {
      List<Object> words = new java.util.ArrayList<>(List.of(command));
      words.addAll(List.of("-X", "off", bam));
      words.addAll(List.of(options));
      if (command[0].equals("convert")) {
        words.addAll(List.of("--force"));
        words.add(command.length > 1 ? folder.resolve("parts") + "/" : folder.resolve("o.arrow"));
      }
      Cli.Result result = Cli.run(words.toArray());
      assertEquals(0, result.code(), result.err());
      assertTrue(result.err().contains(note), words + ": " + result.err());
      assertTrue(result.err().startsWith("bamarrow: "), result.err());
    }
  }
}
