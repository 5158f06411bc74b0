package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jar, ended by a signal in the middle of a conversion that waits for more input. */
class SignalTest {
  @TempDir private static Path folder;
  private static Path jar;
  private static Path fifo;
  private static byte[] half;

  @BeforeAll
  static void makeInput() throws Exception {
    jar = Path.of(System.getProperty("bamarrow.root"), "bamarrow-cli/target/bamarrow.jar");
    assumeTrue(Files.exists(jar), "no bamarrow.jar yet: mvn verify builds it");
    Path bam = folder.resolve("in.bam");
    SynthBam.write(bam, SynthOptions.of(SynthProfile.SHORT, 2_000, 1));
    byte[] bytes = Files.readAllBytes(bam);
    half = Arrays.copyOf(bytes, bytes.length / 2);
    fifo = folder.resolve("endless.bam");
    try {
      assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0);
    } catch (IOException e) {
      assumeTrue(false, "no mkfifo: " + e.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void leavesNothingAndTellsByItsExitCode(String signal, int code) throws Exception {
    assumeTrue(signal.equals("TERM") || !interruptIgnored(), "SIGINT is ignored here: nohup or &");
    Path target = Files.createTempDirectory(folder, "target");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                List.of(java, "-jar", jar.toString(), "convert", "" + fifo, target + "/out.arrow"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try (var feed = Files.newOutputStream(fifo)) {
      feed.write(half);
      feed.flush();
      while (names(target).isEmpty()) {
        assertTrue(process.isAlive(), () -> "ended by itself: " + log());
        Thread.onSpinWait();
      }
      new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
      assertEquals(code, process.waitFor());
    }
    assertEquals(List.of(), names(target));
  }

  /** Nobody reads standard output, so the later segments lie in the folder for temporary files. */
  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void removesTheTemporaryFilesOfSegments(String signal, int code) throws Exception {
    assumeTrue(signal.equals("TERM") || !interruptIgnored(), "SIGINT is ignored here: nohup or &");
    Path temporary = Files.createTempDirectory(folder, "temporary");
    Path bam = folder.resolve(signal + ".bam");
    SynthBam.write(bam, SynthOptions.of(SynthProfile.SHORT, 20_000, 1));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        new ArrayList<>(List.of(java, "-Djava.io.tmpdir=" + temporary, "-jar", "" + jar));
    command.addAll(List.of("convert", "-@", "2", "--strategy", "segments", "--segments", "4"));
    command.addAll(List.of("" + bam, "-"));
    Process process =
        new ProcessBuilder(command).redirectError(folder.resolve("log").toFile()).start();
    while (spills(temporary) == 0) {
      assertTrue(process.isAlive(), () -> "ended by itself: " + log());
      Thread.onSpinWait();
    }
    new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
    assertEquals(code, process.waitFor());
    assertEquals(0, spills(temporary), () -> "left behind: " + log());
  }

  private static long spills(Path temporary) throws IOException {
    return names(temporary).stream().filter(name -> name.startsWith(".bamarrow.")).count();
  }

  /** A shell lets what it starts in the background ignore SIGINT, and all processes from there. */
  private static boolean interruptIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  private static String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static List<String> names(Path where) throws IOException {
    try (Stream<Path> files = Files.list(where)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
