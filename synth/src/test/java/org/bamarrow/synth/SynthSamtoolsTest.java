package org.bamarrow.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** samtools agrees; skipped where it is not on the PATH. */
class SynthSamtoolsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void samtoolsReadsEveryProfile(SynthProfile profile) throws Exception {
    assumeTrue(present(), "samtools is not on the PATH");
    Path bam = folder.resolve("reads.bam");
    SynthOptions options = SynthBamTest.options(profile);
    SynthBam.write(bam, options);
    boolean references = profile != SynthProfile.SINGLECELL;
    assertEquals("", run(references ? "quickcheck" : "quickcheck -u", bam));
    // The whole SAM text: -c alone does not decode tags.
    long lines = run("view", bam).lines().count();
    assertEquals(options.records(), lines);
    if (profile.sortable()) {
      assertEquals("", run("index", bam));
    }
  }

  private String run(String command, Path bam) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    ProcessBuilder builder = new ProcessBuilder(("samtools " + command).split(" "));
    builder.command().add(bam.toString());
    builder.redirectErrorStream(true).redirectOutput(out.toFile());
    assertEquals(0, builder.start().waitFor(), () -> read(out));
    return read(out);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean present() throws InterruptedException {
    try {
      ProcessBuilder version = new ProcessBuilder("samtools", "--version");
      version.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      return version.start().waitFor() == 0;
    } catch (IOException e) {
      return false; // not there: the caller says so
    }
  }
}
