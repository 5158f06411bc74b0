package org.bamarrow.internal.bam;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The real samtools as an oracle; tests that need it are skipped where it is not installed. */
public final class Samtools {
  private Samtools() {}

  /** Standard output of {@code samtools} with these arguments, byte for byte. */
  public static byte[] run(String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile("samtools", ".out");
    try {
      List<String> command = new ArrayList<>(List.of("samtools"));
      command.addAll(List.of(arguments));
      Process process;
      try {
        process =
            new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
      } catch (IOException e) {
        Assumptions.abort("samtools is not on the PATH: " + e.getMessage());
        throw e;
      }
      if (process.waitFor() != 0) {
        throw new IOException(command + " ended with exit code " + process.exitValue());
      }
      return Files.readAllBytes(out);
    } finally {
      Files.deleteIfExists(out);
    }
  }
}
