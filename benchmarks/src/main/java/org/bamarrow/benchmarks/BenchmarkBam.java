package org.bamarrow.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;

/** The BAM that a benchmark reads: the one named with {@code -p bam=FILE}, else a made-up one. */
final class BenchmarkBam {
  private static final int RECORDS = 100_000;

  private BenchmarkBam() {}

  /**
   * @param name a path, or empty for seeded short reads in a temporary file that goes with the JVM
   */
  static Path path(String name) throws IOException {
    if (!name.isEmpty()) {
      return Path.of(name);
    }
    Path made = Files.createTempFile("bamarrow-benchmark-", ".bam");
    made.toFile().deleteOnExit();
    SynthBam.write(made, SynthOptions.of(SynthProfile.SHORT, RECORDS, 1));
    return made;
  }
}
