package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Invalid, truncated and missing inputs of {@code convert}. */
class ConvertBadInputTest extends ConvertCommands {
  @Test
  void badInputLeavesNothing() throws IOException {
    byte[] bytes = Files.readAllBytes(bam);
    Path cut = Files.write(folder.resolve("cut.bam"), Arrays.copyOf(bytes, bytes.length / 2));
    Cli.Result result = Cli.run("convert", cut, out);
    assertEquals(1, result.code());
    assertTrue(result.err().startsWith("bamarrow: " + cut + ": "), result.err());
    assertTrue(result.err().contains("virtual offset"), result.err());
    assertEquals(1, result.err().lines().count(), result.err());
    assertEquals(List.of("cut.bam", "in.bam"), Cli.names(folder));
  }

  @Test
  void aMissingEndMarkerIsAcceptedOnlyIfAllowed() throws IOException {
    byte[] bytes = Files.readAllBytes(bam);
    Path cut = Files.write(folder.resolve("cut.bam"), Arrays.copyOf(bytes, bytes.length - 28));
    Cli.Result refused = Cli.run("convert", cut, out);
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("--allow-missing-eof"), refused.err());
    Cli.Result allowed = Cli.run("convert", "--allow-missing-eof", cut, out);
    assertEquals(0, allowed.code());
    assertTrue(allowed.err().contains("end marker not found"), allowed.err());
    assertEquals(1, Cli.run("count", cut).code());
    assertEquals("200\n", Cli.run("count", "--allow-missing-eof", cut).out());
  }

  @Test
  void anEmptyLastBlockThatIsNoMarkerIsToldAsSuch() throws IOException {
    byte[] bytes = Files.readAllBytes(bam);
    byte[] other = bytes.clone();
    other[bytes.length - 28 + 9] = 3; // OS: not the marker's bytes
    Path odd = Files.write(folder.resolve("odd.bam"), other);
    Cli.Result result = Cli.run("convert", odd, out);
    assertEquals(0, result.code(), result.err());
    String told = "not found, the file ends with an empty block that is not the end-of-file marker";
    assertTrue(result.err().contains(told), result.err());
  }

  @Test
  void regionsAskForTheEndMarkerToo() throws IOException {
    byte[] bytes = Files.readAllBytes(bam);
    Path cut = Files.write(folder.resolve("cut.bam"), Arrays.copyOf(bytes, bytes.length - 28));
    for (String command : List.of("count", "head", "convert")) {
      List<Object> words = new java.util.ArrayList<>(List.of(command, "--region", "*", cut));
      if (command.equals("convert")) {
        words.add(out);
      }
      Cli.Result refused = Cli.run(words.toArray());
      assertEquals(1, refused.code(), command);
      assertTrue(refused.err().contains("end-of-file marker"), refused.err());
    }
    assertEquals(0, Cli.run("head", "--allow-missing-eof", "--region", "*", cut).code());
    assertEquals(0, Cli.run("head", cut).code(), "the first rows of the file only");
    assertEquals(0, Cli.run("convert", "--limit", "5", cut, out).code(), "the same");
  }

  @Test
  void missingFilesAndFoldersAreNamed() {
    Cli.Result noInput = Cli.run("convert", folder.resolve("no.bam"), out);
    assertEquals(1, noInput.code());
    assertTrue(noInput.err().contains("no.bam: no such file"), noInput.err());
    Cli.Result noFolder = Cli.run("convert", bam, folder.resolve("no/out.arrow"));
    assertEquals(1, noFolder.code());
    assertTrue(noFolder.err().contains("its directory does not exist"), noFolder.err());
    assertEquals(1, Cli.run("convert", bam, folder).code());
    assertEquals(1, Cli.run("convert", folder, out).code());
  }

  @Test
  void aFolderWithoutWritePermissionIsToldInWords() throws IOException {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeTrue(!Files.isWritable(locked), "this user may write everywhere");
    Cli.Result result = Cli.run("convert", bam, locked.resolve("out.arrow"));
    assertEquals(1, result.code());
    assertTrue(result.err().contains("permission denied"), result.err());
  }

  @Test
  void bothAnInputAndAnOutputAreNeeded() {
    for (Cli.Result result : List.of(Cli.run("convert"), Cli.run("convert", bam))) {
      assertEquals(2, result.code());
      assertTrue(
          result.err().contains("at least one input and the output are required"), result.err());
    }
  }

  @Test
  void theInputIsNeverTheOutput() throws IOException {
    byte[] before = Files.readAllBytes(bam);
    Cli.Result result = Cli.run("convert", "--force", bam, folder.resolve("./in.bam"));
    assertEquals(2, result.code());
    assertTrue(result.err().contains("is an input"), result.err());
    assertArrayEquals(before, Files.readAllBytes(bam));
  }
}
