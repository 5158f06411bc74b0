package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every command with an output guarantees for it. */
class OutputContractTest extends OutputCommands {
  private static Map<String, Long> sizes() throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    for (String name : Cli.names(shared)) {
      sizes.put(name, Files.size(shared.resolve(name)));
    }
    return sizes;
  }

  @ParameterizedTest
  @EnumSource
  void itWritesTheFileAndNothingElse(Writer writer) throws IOException {
    Map<String, Long> before = sizes();
    assertEquals(0, writer.run(out).code());
    assertTrue(Files.size(out) > 100);
    assertEquals(List.of("out"), Cli.names(folder));
    assertEquals(before, sizes());
  }

  @ParameterizedTest
  @EnumSource
  void anExistingFileIsReplacedOnlyByForce(Writer writer) throws IOException {
    Files.writeString(out, "mine");
    Cli.Result refused = writer.run(out);
    assertEquals(2, refused.code());
    assertEquals(
        "bamarrow: " + out + ": already exists; use --force to replace it\n", refused.err());
    assertEquals("mine", Files.readString(out));
    assertEquals(0, writer.run(out, "--force").code());
    assertTrue(Files.size(out) > 100);
    assertEquals(List.of("out"), Cli.names(folder));
  }

  @ParameterizedTest
  @EnumSource
  void whatItReplacesKeepsItsMode(Writer writer) throws IOException {
    Files.writeString(out, "mine");
    for (String mode : List.of("rw-------", "r--rw----")) {
      Files.setPosixFilePermissions(out, PosixFilePermissions.fromString(mode));
      assertEquals(0, writer.run(out, "--force").code());
      assertEquals(mode, PosixFilePermissions.toString(Files.getPosixFilePermissions(out)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theInputIsNeverTheOutputNotEvenByAnotherName(Writer writer) throws IOException {
    assumeTrue(writer.input() != null, "it reads nothing");
    byte[] before = Files.readAllBytes(writer.input());
    Path hard = Files.createLink(folder.resolve("hard"), writer.input());
    Path soft = Files.createSymbolicLink(folder.resolve("soft"), writer.input());
    Path other =
        writer
            .input()
            .resolveSibling("../" + shared.getFileName() + "/.")
            .resolve(writer.input().getFileName());
    for (Path output : List.of(writer.input(), hard, soft, other)) {
      Cli.Result refused = writer.run(output, "--force");
      assertEquals(2, refused.code(), output.toString());
      assertTrue(refused.err().contains("is an input"), refused.err());
    }
    assertArrayEquals(before, Files.readAllBytes(writer.input()));
  }

  @ParameterizedTest
  @EnumSource
  void namesMayBeAsLongAsTheFileSystemTakesThem(Writer writer) throws IOException {
    Path longest = folder.resolve("é".repeat(120) + "x".repeat(15));
    assertEquals(0, writer.run(longest).code());
    assertEquals(List.of(longest.getFileName().toString()), Cli.names(folder));
    Cli.Result refused = writer.run(folder.resolve("x".repeat(256)));
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("xxx: "), refused.err());
    assertFalse(refused.err().contains("internal error"), refused.err());
    assertEquals(1, Cli.names(folder).size());
  }

  @ParameterizedTest
  @EnumSource
  void throughALinkTheFileBehindItIsReplacedAndOtherHardLinksKeepTheOld(Writer writer)
      throws IOException {
    Files.writeString(out, "mine");
    Path hard = Files.createLink(folder.resolve("hard"), out);
    Path soft = Files.createSymbolicLink(folder.resolve("soft"), out);
    assertEquals(0, writer.run(soft, "--force").code());
    assertTrue(Files.isSymbolicLink(soft));
    assertTrue(Files.size(out) > 100);
    assertEquals("mine", Files.readString(hard));
  }

  @ParameterizedTest
  @EnumSource
  void aPlaceThatWillNotDoIsToldAtTheStartAndNothingIsLeft(Writer writer) throws IOException {
    Path nowhere = Files.createSymbolicLink(folder.resolve("nowhere"), Path.of("not there"));
    for (Path place : List.of(folder, folder.resolve("no/out"), nowhere)) {
      Cli.Result refused = writer.run(place, "--force");
      assertEquals(1, refused.code(), place.toString());
      assertTrue(refused.err().startsWith("bamarrow: " + place + ": "), refused.err());
    }
    assertEquals(List.of("nowhere"), Cli.names(folder));
  }

  @Test
  void listsAndIndexesAreInputsToo() throws IOException {
    Path own = Files.copy(bam, folder.resolve("own.bam"));
    Path names = Files.writeString(folder.resolve("names"), "x\n");
    Path index = Files.writeString(folder.resolve("own.bam.bai"), "an index");
    for (List<Object> words :
        List.<List<Object>>of(
            List.of("convert", "--force", "-N", names, own, names),
            List.of("convert", "--force", "-D", "CB:" + names, own, names),
            List.of("convert", "--force", "-L", names, own, names),
            List.of("convert", "--force", "-N", names, "--report", names, own, out),
            List.of("convert", "--force", own, index))) {
      Cli.Result refused = Cli.run(words.toArray());
      assertEquals(2, refused.code(), words + refused.err());
    }
    assertEquals("x\n", Files.readString(names));
    assertEquals("an index", Files.readString(index));
    assertEquals(List.of("names", "own.bam", "own.bam.bai"), Cli.names(folder));
  }

  /** As its users found it. */
  @Test
  void theReportOfTheSharedCaseIsRefused() throws IOException {
    Path x = Path.of(System.getProperty("bamarrow.shared", ""), "cases/hostile/report-over-input");
    assumeTrue(Files.exists(x), "no case report-over-input");
    Path copy = Files.copy(x.resolve("x.bam"), folder.resolve("t.bam"));
    Cli.Result refused = Cli.run("convert", "--report", copy, copy, folder.resolve("o.arrow"));
    assertEquals(2, refused.code());
    assertArrayEquals(Files.readAllBytes(x.resolve("x.bam")), Files.readAllBytes(copy));
    assertEquals(List.of("t.bam"), Cli.names(folder));
  }

  @Test
  void aReportThatFailsTellsThatTheOutputIsComplete() throws IOException {
    Cli.Result failed = Cli.run("convert", "--report", "/dev/full", bam, out);
    assertEquals(1, failed.code());
    assertTrue(
        failed
            .err()
            .contains(
                out + ": the output is complete, but the report could not be written: /dev/full: "),
        failed.err());
    assertEquals(0, Cli.run("verify", bam, out).code());
  }

  @Test
  void theTablesOfASweepAreReplacedOnlyByForce() throws IOException {
    Files.writeString(folder.resolve("sweep.svg"), "mine");
    Cli.Result refused = Cli.run("bench", "sweep", "--dir", shared, "--out", folder, bam);
    assertEquals(2, refused.code());
    assertEquals(List.of("sweep.svg"), Cli.names(folder));
    assertEquals("mine", Files.readString(folder.resolve("sweep.svg")));
  }
}
