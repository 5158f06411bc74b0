package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertOutputTest {
  @TempDir private Path folder;
  private Path bam;
  private Path out;

  @BeforeEach
  void makeInput() throws IOException {
    bam = Cli.bam(folder, "in.bam", 1);
    out = folder.resolve("out.arrow");
  }

  private static boolean isFile(Path path) throws IOException {
    return Arrays.equals("ARROW1".getBytes(), Arrays.copyOf(Files.readAllBytes(path), 6));
  }

  @Test
  void theFormatFollowsTheName() throws IOException {
    Path stream = folder.resolve("out.arrows");
    assertEquals(0, Cli.run("convert", bam, out).code());
    assertEquals(0, Cli.run("convert", bam, stream).code());
    assertTrue(isFile(out));
    assertFalse(isFile(stream));
    try (InputStream in = Files.newInputStream(stream)) {
      assertEquals(ArrowTable.file(out).rows(), ArrowTable.stream(in).rows());
    }
  }

  @Test
  void theFormatCanBeChosen() throws IOException {
    Path named = folder.resolve("out.arrows");
    assertEquals(0, Cli.run("convert", "--format", "stream", bam, out).code());
    assertEquals(0, Cli.run("convert", "--format", "file", bam, named).code());
    assertFalse(isFile(out));
    assertTrue(isFile(named));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lz4", "zstd", "zstd:1", "zstd:19"})
  void compressionMakesItSmallerAndKeepsTheRows(String compression) throws IOException {
    Path packed = folder.resolve("packed.arrow");
    Cli.run("convert", bam, out);
    assertEquals(0, Cli.run("convert", "--compression", compression, bam, packed).code());
    assertTrue(Files.size(packed) < Files.size(out), compression);
    assertEquals(ArrowTable.file(out).rows(), ArrowTable.file(packed).rows());
  }

  @Test
  void theLevelOfZstdCounts() throws IOException {
    Path best = folder.resolve("best.arrow");
    Cli.run("convert", "--compression", "zstd:1", bam, out);
    Cli.run("convert", "--compression", "zstd:19", bam, best);
    assertTrue(Files.size(best) < Files.size(out));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd:0", "zstd:23", "lz4:3", "zstd:"})
  void unknownCompressionIsAUsageError(String compression) {
    assertEquals(2, Cli.run("convert", "--compression", compression, bam, out).code());
  }

  @Test
  void anExistingFileIsReplacedOnlyByForce() throws IOException {
    Files.writeString(out, "mine");
    Cli.Result refused = Cli.run("convert", bam, out);
    assertEquals(2, refused.code());
    assertTrue(refused.err().contains("already exists; use --force"), refused.err());
    assertEquals("mine", Files.readString(out));
    assertEquals(0, Cli.run("convert", "--force", "--durable", bam, out).code());
    assertTrue(isFile(out));
    assertEquals(List.of("in.bam", "out.arrow"), Cli.names(folder));
  }

  @Test
  void theInputIsNeverTheOutput() throws IOException {
    byte[] before = Files.readAllBytes(bam);
    Cli.Result result = Cli.run("convert", "--force", bam, folder.resolve("./in.bam"));
    assertEquals(2, result.code());
    assertTrue(result.err().contains("is the input itself"), result.err());
    assertArrayEquals(before, Files.readAllBytes(bam));
  }

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
    assertTrue(noFolder.err().contains("its folder does not exist"), noFolder.err());
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
  void quietSaysNothing() {
    Cli.Result result = Cli.run("convert", "--quiet", bam, out);
    assertEquals("", result.err() + result.out());
    assertEquals(2, Cli.run("convert", "--quiet", "-v", bam, out).code());
    result = Cli.run("convert", "--quiet", "--preset", "diagnostic", "--force", bam, out);
    assertEquals("", result.err() + result.out());
  }

  @Test
  void theReportTellsWhatWasDone() {
    Cli.Result result = Cli.run("convert", bam, out);
    assertEquals("", result.out());
    assertTrue(result.err().contains("200 of 200 records"), result.err());
    Cli.Result wordy = Cli.run("convert", "-v", "--force", bam, out);
    assertTrue(wordy.err().contains("--strategy pipeline"), wordy.err());
    assertTrue(wordy.err().contains("inflate"), wordy.err());
    assertTrue(wordy.err().contains("header sha256"), wordy.err());
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
  void standardInputIsReadOnlyOnce() {
    Cli.Result result = Cli.run("convert", "-", "-", out);
    assertEquals(2, result.code());
    assertTrue(result.err().contains("only once"), result.err());
  }

  @Test
  void severalFilesBecomeOneInOrder() throws IOException {
    Path other = Cli.bam(folder, "other.bam", 2);
    Cli.run("convert", "--columns", "qname,file", bam, other, bam, out);
    ArrowTable table = ArrowTable.file(out);
    assertEquals(600, table.rows().size());
    List<String> files = table.column("file");
    assertTrue(files.get(199).endsWith("in.bam") && files.get(200).endsWith("other.bam"));
    assertEquals(table.column("qname").subList(0, 200), table.column("qname").subList(400, 600));
  }

  @Test
  void theLimitIsExactAcrossFiles() throws IOException {
    for (int limit : new int[] {0, 1, 200, 250, 400, 999}) {
      Cli.run("convert", "--force", "--limit", limit, bam, bam, out);
      assertEquals(Math.min(limit, 400), ArrowTable.file(out).rows().size());
    }
    assertEquals(2, Cli.run("convert", "--limit", -2, bam, out).code());
  }

  @Test
  void filtersLeaveTheSameRowsAsCountCounts() throws IOException {
    Path names = Files.writeString(folder.resolve("names"), "nobody\n");
    Cli.run("convert", bam, out);
    List<String> flags = ArrowTable.file(out).column("flag");
    Stream<List<Object>> filters =
        Stream.of(
            List.of("-f", "REVERSE"),
            List.of("-F", "0x10"),
            List.of("-G", "UNMAP,MUNMAP"),
            List.of("-q", "30"),
            List.of("-r", "rg2"),
            List.of("-d", "NM:0"),
            List.of("-N", names),
            List.of("-s", "3.5"));
    for (List<Object> filter : filters.toList()) {
      Object option = filter.get(0);
      Object value = filter.get(1);
      Cli.run("convert", "--force", option, value, bam, out);
      int rows = ArrowTable.file(out).rows().size();
      assertTrue(rows < flags.size(), option + " changes nothing");
      assertEquals(rows + "\n", Cli.run("count", option, value, bam).out(), "" + option);
    }
    long reverse = flags.stream().filter(flag -> (Integer.parseInt(flag) & 16) != 0).count();
    assertEquals(reverse + "\n", Cli.run("count", "-f", "16", bam).out());
  }
}
