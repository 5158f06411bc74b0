package org.bamarrow.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One small BAM for {@code convert}, and a name for its output beside it. */
abstract class ConvertCommands {
  @TempDir Path folder;

  Path bam;

  Path out;

  @BeforeEach
  void makeInput() throws IOException {
    bam = Cli.bam(folder, "in.bam", 1);
    out = folder.resolve("out.arrow");
  }
}
