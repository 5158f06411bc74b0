package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code convert} with pipes, FIFOs, devices and signals. */
class ConvertStreamsTest extends ConvertCommands {
  @Test
  void devicesAreWrittenAndStay() {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "no /dev/null");
    assertEquals(0, Cli.run("convert", bam, device).code());
    assertTrue(Files.exists(device) && !Files.isRegularFile(device));
  }

  @Test
  void aFifoGetsAStreamAndStays() throws Exception {
    Path fifo = folder.resolve("fifo");
    try {
      assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0);
    } catch (IOException e) {
      assumeTrue(false, "no mkfifo");
    }
    Process reader =
        new ProcessBuilder("cat", fifo.toString()).redirectOutput(out.toFile()).start();
    assertEquals(0, Cli.run("convert", bam, fifo).code());
    assertEquals(0, reader.waitFor());
    assertTrue(Files.exists(fifo) && !Files.isRegularFile(fifo));
    try (InputStream in = Files.newInputStream(out)) {
      assertEquals(200, ArrowTable.stream(in).rows().size());
    }
  }

  @Test
  void standardInputToStandardOutput() throws Exception {
    Path errors = folder.resolve("errors");
    Process process =
        Cli.process("convert", "-", "-")
            .redirectInput(bam.toFile())
            .redirectError(errors.toFile())
            .start();
    ArrowTable table =
        ArrowTable.stream(new ByteArrayInputStream(process.getInputStream().readAllBytes()));
    assertEquals(0, process.waitFor(), Files.readString(errors));
    Cli.run("convert", bam, out);
    assertEquals(ArrowTable.file(out).rows(), table.rows());
    assertTrue(Files.readString(errors).startsWith("standard output\n"));
  }

  @Test
  void aReaderThatGoesAwayEndsItQuietly() throws Exception {
    Path large = Cli.bam(folder, "large.bam", ConvertMachineTest.READS.withRecords(5_000));
    Path errors = folder.resolve("errors");
    for (List<Object> words :
        List.<List<Object>>of(List.of("convert", large, "-"), List.of("head", "-n", 5000, large))) {
      Process process = Cli.process(words.toArray()).redirectError(errors.toFile()).start();
      process.getInputStream().close();
      assertEquals(Errors.READER_WENT_AWAY, process.waitFor());
      assertEquals("", Files.readString(errors));
    }
  }

  @Test
  void endedByASignalItLeavesNothing() throws Exception {
    Path fifo = folder.resolve("endless.bam");
    try {
      assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0);
    } catch (IOException e) {
      assumeTrue(false, "no mkfifo");
    }
    Process process = Cli.process("convert", fifo, out).inheritIO().start();
    byte[] bytes = Files.readAllBytes(bam);
    try (var feed = Files.newOutputStream(fifo)) {
      feed.write(bytes, 0, bytes.length / 2); // and no end, so that it waits for more
      feed.flush();
      while (Cli.names(folder).stream().noneMatch(name -> name.endsWith(".tmp"))) {
        assertTrue(process.isAlive());
        Thread.onSpinWait();
      }
      process.destroy(); // SIGTERM
      assertEquals(143, process.waitFor());
    }
    assertEquals(List.of("endless.bam", "in.bam"), Cli.names(folder));
  }

  @Test
  void standardInputIsReadOnlyOnce() {
    Cli.Result result = Cli.run("convert", "-", "-", out);
    assertEquals(2, result.code());
    assertTrue(result.err().contains("only once"), result.err());
  }
}
