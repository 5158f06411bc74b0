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
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories of parts on the command line. */
class PartsCommandTest {
  private static final String MANIFEST = "_manifest.json";

  @TempDir private Path folder;
  private Path bam;
  private Path out;

  @BeforeEach
  void makeInput() throws IOException {
    bam = Cli.bam(folder, "in.bam", SynthOptions.of(SynthProfile.SHORT, 4_000, 1));
    out = folder.resolve("out");
  }

  private Cli.Result convert(Object... more) {
    return Cli.run(
        Stream.concat(
                Stream.of("convert", "--chunk-bytes", "64K", "--parts", 4, bam, out),
                Stream.of(more))
            .toArray());
  }

  private Path part(int number) throws IOException {
    return out.resolve(Cli.names(out).get(1 + number)); // the manifest's name comes first
  }

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
    assertEquals(5, Cli.names(out).size());
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
    assertEquals(2, Cli.names(out).size());
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
    assertEquals(2, Cli.names(out).size());
    assertEquals(0, Cli.run("verify", bam, out).code());
  }

  @Test
  void aChangedByteOfAPartIsFound() throws IOException {
    convert();
    Path part = part(2);
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 1;
    Files.write(part, bytes);
    assertVerifyFails(part.getFileName() + " is not the one that was written: its CRC-32 is");
  }

  @Test
  void aMissingPartIsFound() throws IOException {
    convert();
    Path part = part(3);
    Files.delete(part);
    assertVerifyFails(part + ": is missing");
  }

  @Test
  void aPartCutShortIsFound() throws IOException {
    convert();
    byte[] bytes = Files.readAllBytes(part(0));
    Files.write(part(0), java.util.Arrays.copyOf(bytes, bytes.length - 1));
    assertVerifyFails("it has " + (bytes.length - 1) + " bytes, the manifest says " + bytes.length);
  }

  @Test
  void aManifestThatContradictsItselfIsFound() throws IOException {
    convert();
    Path manifest = out.resolve(MANIFEST);
    Files.writeString(
        manifest, Files.readString(manifest).replaceFirst("\"next\" : (\\d)", "\"next\" : 1$1"));
    assertVerifyFails("its range starts at virtual offset");
  }

  @Test
  void partsWithoutAManifestAreNotADirectoryToRead() throws IOException {
    convert();
    Files.delete(out.resolve(MANIFEST));
    assertVerifyFails("has no _manifest.json");
  }

  private void assertVerifyFails(String message) {
    Cli.Result result = Cli.run("verify", bam, out);
    assertEquals(1, result.code());
    assertTrue(result.err().contains(message), result.err());
    assertTrue(Cli.run("view", out).err().contains(message));
  }

  @Test
  void rowsOfAnotherBamAreFound() throws IOException {
    convert();
    Path other = Cli.bam(folder, "other.bam", SynthOptions.of(SynthProfile.SHORT, 4_000, 2));
    assertEquals(1, Cli.run("verify", other, out).code());
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
  void cleaningRemovesOrphanFilesAlone() throws IOException {
    convert();
    List<String> complete = Cli.names(out);
    String stray = "part-00009-0123456789abcdef-0.arrow";
    Files.createFile(out.resolve(stray));
    Files.createFile(out.resolve("notes.txt"));
    Cli.Result kept = Cli.run("clean", out);
    assertEquals(0, kept.code());
    assertTrue(kept.err().contains("kept 1 file(s)"), kept.err());
    assertTrue(Files.exists(out.resolve(stray)));
    Cli.Result cleaned = Cli.run("clean", "--older-than", "0", out);
    assertEquals("removed " + stray, cleaned.out().strip());
    assertFalse(Files.exists(out.resolve(stray)));
    assertTrue(Cli.names(out).containsAll(complete));
    assertTrue(Files.exists(out.resolve("notes.txt")));
    assertEquals(1, Cli.run("clean", folder.resolve("nowhere")).code());
    assertEquals(2, Cli.run("clean", "--older-than", "soon", out).code());
  }

  /** Neither names the parts that count, so none may go. */
  @Test
  void whereTheManifestIsNoFileNothingIsCleaned() throws IOException {
    convert();
    Path manifest = out.resolve(MANIFEST);
    Files.delete(manifest);
    List<String> parts = Cli.names(out);
    Files.createSymbolicLink(manifest, Path.of("not there"));
    assertNothingCleaned();
    Files.delete(manifest);
    Files.createDirectory(manifest);
    assertNothingCleaned();
    Files.delete(manifest);
    assertEquals(parts, Cli.names(out));
  }

  private void assertNothingCleaned() throws IOException {
    List<String> before = Cli.names(out);
    Cli.Result refused = Cli.run("clean", "--older-than", "0", out);
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("its _manifest.json is broken"), refused.err());
    assertEquals(before, Cli.names(out));
    assertEquals(2, convert().code(), "it holds something");
  }

  /** As its error advises. */
  @Test
  void aBrokenManifestIsReplacedByForce() throws IOException {
    convert();
    Files.writeString(out.resolve(MANIFEST), "{");
    assertVerifyFails("is broken: ");
    assertVerifyFails("convert again and replace what is there");
    assertEquals(2, convert().code());
    assertEquals(0, convert("--force").code());
    assertEquals(0, Cli.run("verify", bam, out).code());
    assertEquals(5, Cli.names(out).size(), "old parts are gone");
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

  @Test
  void aKilledConversionLeavesNoManifestAndARerunSucceeds() throws Exception {
    Process process = startSlow();
    process.destroyForcibly().waitFor();
    List<String> left = Cli.names(out);
    assertFalse(left.isEmpty());
    assertFalse(left.contains(MANIFEST));
    assertVerifyFails("has no _manifest.json");
    Cli.Result again = convert();
    assertEquals(0, again.code(), again.err());
    assertEquals(5, Cli.names(out).size());
    assertTrue(Cli.names(out).stream().noneMatch(left::contains));
    assertEquals(0, Cli.run("verify", bam, out).code());
  }

  @Test
  void anEndedConversionLeavesNothing() throws Exception {
    Process process = startSlow();
    process.destroy();
    assertEquals(143, process.waitFor());
    assertEquals(List.of("in.bam"), Cli.names(folder));
  }

  @Test
  void anEndedReplacementLeavesWhatWasThere() throws Exception {
    convert();
    List<String> before = Cli.names(out);
    Process process = startSlow("--force");
    process.destroy();
    assertEquals(143, process.waitFor());
    assertEquals(before, Cli.names(out));
  }

  /** A conversion that takes seconds, some parts of which are there. */
  private Process startSlow(String... more) throws Exception {
    int before = Files.exists(out) ? Cli.names(out).size() : 0;
    bam = Cli.bam(folder, "in.bam", SynthOptions.of(SynthProfile.SHORT, 60_000, 1));
    String[] words = {
      "convert", "-@", "1", "--compression", "zstd:19", "--chunk-bytes", "64K", "--parts", "40"
    };
    Process process =
        Cli.process(
                Stream.of(Stream.of(words), Stream.of(more), Stream.of("" + bam, "" + out))
                    .flatMap(part -> part)
                    .toArray())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    while (!Files.exists(out) || Cli.names(out).size() < before + 3) {
      assertTrue(process.isAlive(), "ended by itself");
      Thread.onSpinWait();
    }
    return process;
  }
}
