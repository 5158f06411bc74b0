package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories of parts on the command line. */
class PartsCommandTest extends PartsCommands {
  /** SAM lines; standard output would not do, for the command writes past System.out. */
  private byte[] view(Path arrow) throws IOException {
    Path sam = folder.resolve("view.sam");
    assertEquals(0, Cli.run("view", "--force", "-o", sam, arrow).code());
    return Files.readAllBytes(sam);
  }

  @Test
  void aDirectoryIsVerifiedAndViewedLikeOneFile() throws IOException {
    Path one = folder.resolve("one.arrow");
    assertEquals(0, Cli.run("convert", bam, one).code());
    Cli.Result result = convert();
    assertEquals(0, result.code(), result.err());
    assertTrue(result.err().contains("parts      4"), result.err());
    assertEquals(6, Cli.names(out).size());
    byte[] lines = view(one);
    assertTrue(lines.length > 0);
    assertArrayEquals(lines, view(out));
    Cli.Result verified = Cli.run("verify", bam, out);
    assertEquals(0, verified.code(), verified.out() + verified.err());
  }

  @Test
  void regionsAndFiltersLeaveTheRowsOfOneFile() throws IOException {
    Path one = folder.resolve("one.arrow");
    String[] asked = {"--region", "chr11", "-F", "REVERSE", "--limit", "90"};
    Object[] words = Stream.concat(Stream.of(asked), Stream.of("" + bam, "" + one)).toArray();
    Cli.Result single = Cli.run(Stream.concat(Stream.of("convert"), Stream.of(words)).toArray());
    assertEquals(0, single.code(), single.err());
    Cli.Result parts = convert((Object[]) asked);
    assertEquals(0, parts.code(), parts.err());
    byte[] rows = view(out);
    assertTrue(rows.length > 0);
    assertArrayEquals(view(one), rows);
    assertEquals(0, Cli.run("verify", "--region", "chr11", bam, out).code());
  }

  @Test
  void aNameThatEndsWithASlashIsADirectory() throws IOException {
    assertEquals(0, Cli.run("convert", bam, out + "/").code());
    assertEquals(3, Cli.names(out).size());
    Path other = folder.resolve("other");
    assertEquals(
        0, Cli.run("convert", "--chunk-bytes", "64K", "--part-size", "128K", bam, other).code());
    assertTrue(Cli.names(other).size() > 2, Cli.names(other).toString());
  }

  @Test
  void theReportHasTheTotalsOfTheManifest() throws IOException {
    Path json = folder.resolve("report.json");
    assertEquals(0, convert("--report", json, "--quiet", "--durable").code());
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    JsonNode totals = new ObjectMapper().readTree(out.resolve(MANIFEST).toFile()).get("totals");
    assertEquals(totals.get("rows"), report.get("rows"));
    assertEquals(totals.get("records"), report.get("records"));
    assertEquals(totals.get("bytes"), report.get("bytesOut"));
    assertEquals("4", report.get("settings").get("parts").asText());
  }

  @Test
  void aCompleteDirectoryIsReplacedWithForceOnly() throws IOException {
    assertEquals(0, convert().code());
    List<String> before = Cli.names(out);
    Cli.Result refused = convert();
    assertEquals(2, refused.code());
    assertTrue(refused.err().contains("--force"), refused.err());
    assertEquals(before, Cli.names(out));
    assertEquals(0, convert("--force", "--limit", 10).code());
    assertEquals(3, Cli.names(out).size());
    assertEquals(0, Cli.run("verify", bam, out).code());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--parts 0 IN OUT",
        "--parts 2 --part-size 1M IN OUT",
        "--part-size 0 IN OUT",
        "--parts 2 IN -",
        "--parts 2 --format stream IN OUT",
        "--parts 2 IN IN",
        "--parts 1 IN IN OUT",
        "--parts 2 - OUT",
        "--parts 2 --region chr1 -X IN.bai IN OUT",
      })
  void whatCannotWorkIsAUsageError(String words) throws IOException {
    String line = words.replace("IN", bam.toString()).replace("OUT", out.toString());
    Cli.Result result = Cli.run(("convert " + line).split(" ").clone());
    assertEquals(2, result.code(), result.err());
    assertEquals(List.of("in.bam"), Cli.names(folder));
  }

  @Test
  void whatReplacesADirectoryKeepsTheModeOfItsManifest() throws IOException {
    convert();
    var mode = PosixFilePermissions.fromString("rw-r-----");
    Files.setPosixFilePermissions(out.resolve(MANIFEST), mode);
    assertEquals(0, convert("--force").code());
    for (String name : Cli.names(out)) {
      assertEquals(mode, Files.getPosixFilePermissions(out.resolve(name)), name);
    }
  }

  @Test
  void theReportNeverTakesThePlaceOfThePartsFiles() throws IOException {
    Cli.Result refused = convert("--force", "--report", out.resolve(MANIFEST).toString());
    assertEquals(2, refused.code(), refused.err());
    assertFalse(Files.exists(out));
    assertEquals(0, convert("--report", out.resolve("report.json").toString()).code());
    assertTrue(Files.readString(out.resolve("report.json")).contains("\"rows\""));
  }
}
