package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Test;

/** Damage of a directory of parts is found by {@code verify} and {@code view}. */
class PartsDamageTest extends PartsCommands {
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

  @Test
  void rowsOfAnotherBamAreFound() throws IOException {
    convert();
    Path other = Cli.bam(folder, "other.bam", SynthOptions.of(SynthProfile.SHORT, 4_000, 2));
    assertEquals(1, Cli.run("verify", other, out).code());
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
    assertEquals(6, Cli.names(out).size(), "old parts are gone");
  }
}
