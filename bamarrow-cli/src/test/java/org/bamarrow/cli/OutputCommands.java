package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The commands that write an output, with their inputs; each test has an output directory. */
abstract class OutputCommands {
  @TempDir static Path shared;

  static Path bam;

  static Path arrow;

  /** Only the output, and what a test makes, lies here. */
  @TempDir Path folder;

  Path out;

  /** A command by its words before and behind the output, and the input that it reads. */
  enum Writer {
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

  record Run(int code, String err) {}

  /** In a process of its own, of which a shell sets up something before. */
  Run run(String before, List<Object> words) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", before + " \"$@\"", "sh"));
    command.addAll(Cli.process(words.toArray()).command());
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    String err = new String(process.getErrorStream().readAllBytes());
    return new Run(process.waitFor(), err);
  }
}
