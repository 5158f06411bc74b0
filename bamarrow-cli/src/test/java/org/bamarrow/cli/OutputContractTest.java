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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What every command that takes the name of an output promises of it. */
class OutputContractTest {
  @TempDir private static Path shared;
  private static Path bam;
  private static Path arrow;

  /** Only the output, and what a test makes, lies here. */
  @TempDir private Path folder;

  private Path out;

  /** A command by its words before and behind the output, and the input that it reads. */
  private enum Writer {
    CONVERT {
      @Override
      List<Object> words(Path out) {
        return List.of("convert", bam, out);
      }
    },
    SEGMENTS {
      @Override
      List<Object> words(Path out) {
        return List.of(
            "convert", "--strategy", "segments", "--segments", 2, "--chunk-bytes", "64K", bam, out);
      }
    },
    REPORT {
      @Override
      List<Object> words(Path out) {
        return List.of("convert", "--report", out, bam, "/dev/null");
      }
    },
    CONCAT {
      @Override
      List<Object> words(Path out) {
        return List.of("concat", out, arrow, arrow);
      }

      @Override
      Path input() {
        return arrow;
      }
    },
    VIEW {
      @Override
      List<Object> words(Path out) {
        return List.of("view", "-o", out, arrow);
      }

      @Override
      Path input() {
        return arrow;
      }
    },
    SYNTH {
      @Override
      List<Object> words(Path out) {
        return List.of("synth", "--records", 600, out);
      }

      @Override
      Path input() {
        return null;
      }
    },
    ROOFLINE {
      @Override
      List<Object> words(Path out) {
        return List.of("bench", "roofline", "--runs", 1, "--dir", shared, "--json", out, bam);
      }
    };

    abstract List<Object> words(Path out);

    Path input() {
      return bam;
    }

    Cli.Result run(Path out, String... more) {
      List<Object> words = new ArrayList<>(words(out));
      words.addAll(List.of(more));
      return Cli.run(words.toArray());
    }
  }

  @BeforeAll
  static void makeInputs() throws IOException {
    bam = Cli.bam(shared, "in.bam", SynthOptions.of(SynthProfile.SHORT, 600, 1));
    arrow = shared.resolve("in.arrow");
    assertEquals(0, Cli.run("convert", bam, arrow).code());
  }

  @BeforeEach
  void nameOutput() {
    out = folder.resolve("out");
  }

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
      assertTrue(refused.err().contains("is the input itself"), refused.err());
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

  @ParameterizedTest
  @EnumSource
  void aFullDeviceIsToldByName(Writer writer) {
    assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full");
    Cli.Result failed = writer.run(Path.of("/dev/full"));
    assertEquals(1, failed.code());
    assertTrue(
        failed.err().contains("/dev/full: cannot be written: No space left on device"),
        failed.err());
  }

  /** The bound on the size of files acts as a full disk does. */
  @ParameterizedTest
  @EnumSource
  void whereTheDiskIsFullNothingIsLeftAndTheOldFileStays(Writer writer) throws Exception {
    assumeTrue(writer != Writer.ROOFLINE, "its scratch files are larger than its output");
    Files.writeString(out, "mine");
    List<Object> words = new ArrayList<>(writer.words(out));
    words.add("--force");
    int blocks = writer == Writer.REPORT ? 0 : 8;
    Run run = run("ulimit -f " + blocks + "; exec", words);
    assertEquals(1, run.code, run.err);
    assertTrue(run.err.contains(out + ": cannot be written: "), run.err);
    assertEquals("mine", Files.readString(out));
    assertEquals(List.of("out"), Cli.names(folder));
  }

  /** Appended to what a shell has opened, as a program does that writes standard output. */
  @ParameterizedTest
  @CsvSource({
    "CONVERT, /dev/stdout, >>",
    "REPORT, /dev/fd/1, >>",
    "VIEW, /dev/fd/2, 2>>",
    "SYNTH, /dev/fd/7, 7>>",
    "SYNTH, soft, >>"
  })
  void anOpenFileIsWrittenFromWhereItStands(Writer writer, String name, String redirection)
      throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/dev/fd")), "no /dev/fd");
    Files.writeString(out, "what was there\n");
    Path target = Path.of(name);
    if (name.equals("soft")) {
      target = Files.createSymbolicLink(folder.resolve("soft"), Path.of("/dev/stdout"));
    }
    List<Object> words = new ArrayList<>(writer.words(target));
    words.add("--force");
    Run run = run("exec " + redirection + out + ";", words);
    assertEquals(0, run.code, run.err);
    byte[] written = Files.readAllBytes(out);
    assertTrue(new String(written, 0, 15).equals("what was there\n"));
    assertTrue(written.length > 500, "length " + written.length);
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

  @Test
  void standardOutputIsNoInputEither() throws Exception {
    Path own = Files.copy(arrow, out);
    Run run = run("exec >>" + out + ";", List.of("view", own));
    assertEquals(2, run.code, run.err);
    assertEquals(Files.size(arrow), Files.size(out));
  }

  @Test
  void whatAReportPrintsToAFullDeviceIsNotLost() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full");
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\" >/dev/full", "sh"));
    command.addAll(Cli.process("verify", bam, arrow).command());
    Process process = new ProcessBuilder(command).start();
    String err = new String(process.getErrorStream().readAllBytes());
    assertEquals(1, process.waitFor());
    assertTrue(err.contains("standard output: No space left on device"), err);
  }

  private record Run(int code, String err) {}

  /** In a process of its own, of which a shell sets up something before. */
  private Run run(String before, List<Object> words) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", before + " \"$@\"", "sh"));
    command.addAll(Cli.process(words.toArray()).command());
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    String err = new String(process.getErrorStream().readAllBytes());
    return new Run(process.waitFor(), err);
  }
}
