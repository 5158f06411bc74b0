package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Devices, full disks and open files as outputs of every command. */
class OutputDevicesTest extends OutputCommands {
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
    assertEquals(1, run.code(), run.err());
    assertTrue(run.err().contains(out + ": cannot be written: "), run.err());
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
    assertEquals(0, run.code(), run.err());
    byte[] written = Files.readAllBytes(out);
    assertTrue(new String(written, 0, 15).equals("what was there\n"));
    assertTrue(written.length > 500, "length " + written.length);
  }

  @Test
  void standardOutputIsNoInputEither() throws Exception {
    Path own = Files.copy(arrow, out);
    Run run = run("exec >>" + out + ";", List.of("view", own));
    assertEquals(2, run.code(), run.err());
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
}
