package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Conversions to a directory of parts, and helpers to check it. */
abstract class PartsCommands {
  static final String MANIFEST = "_manifest.json";

  @TempDir Path folder;

  Path bam;

  Path out;

  @BeforeEach
  void makeInput() throws IOException {
    bam = Cli.bam(folder, "in.bam", SynthOptions.of(SynthProfile.SHORT, 4_000, 1));
    out = folder.resolve("out");
  }

  Cli.Result convert(Object... more) {
    return Cli.run(
        Stream.concat(
                Stream.of("convert", "--chunk-bytes", "64K", "--parts", 4, bam, out),
                Stream.of(more))
            .toArray());
  }

  Path part(int number) throws IOException {
    // the names of the statistics and of the manifest come first
    return out.resolve(Cli.names(out).get(2 + number));
  }

  void assertVerifyFails(String message) {
    Cli.Result result = Cli.run("verify", bam, out);
    assertEquals(1, result.code());
    assertTrue(result.err().contains(message), result.err());
    assertTrue(Cli.run("view", out).err().contains(message));
  }

  /** A conversion that takes seconds, some parts of which are there. */
  Process startSlow(String... more) throws Exception {
    int before = Files.exists(out) ? Cli.names(out).size() : 0;
    bam = Cli.bam(folder, "in.bam", SynthOptions.of(SynthProfile.SHORT, 60_000, 1));
    String[] words = {
      "convert", "-@", "1", "--compression", "zstd:19", "--chunk-bytes", "64K", "--parts", "40"
    };
    Process process =
        Cli.process(
                Stream.of(Stream.of(words), Stream.of(more), Stream.of("" + bam, "" + out))
                    .flatMap(part -> part)
                    .toArray())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    while (!Files.exists(out) || Cli.names(out).size() < before + 3) {
      assertTrue(process.isAlive(), "ended by itself");
      Thread.onSpinWait();
    }
    return process;
  }
}
