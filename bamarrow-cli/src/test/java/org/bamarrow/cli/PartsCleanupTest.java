package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ended and killed conversions leave in a directory of parts, and {@code clean}. */
class PartsCleanupTest extends PartsCommands {
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
    assertEquals(6, Cli.names(out).size());
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
}
