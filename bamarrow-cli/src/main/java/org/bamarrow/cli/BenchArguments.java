package org.bamarrow.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the bench commands share, for a mixin. */
final class BenchArguments {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = {"-@", "--threads"},
      paramLabel = "N",
      description = "Number of threads (default: all processors).")
  private Integer threads;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description =
          "Existing directory for the output files, which are deleted after each run; its"
              + " disk is the one measured (default: current directory).")
  private Path folder;

  int threads() {
    if (threads == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    return atLeastOne("--threads", threads);
  }

  Path folder() {
    if (!Files.isDirectory(folder)) {
      throw usage(folder + " is not a directory; --dir must name an existing one");
    }
    return folder;
  }

  int atLeastOne(String option, int value) {
    if (value < 1) {
      throw usage(option + " must be at least 1: " + value);
    }
    return value;
  }

  /** The limit reads by position and the input is read many times: no streams. */
  String regularFile(String bam) {
    if (!Files.isRegularFile(Path.of(bam))) {
      throw usage(bam + " is not a regular file; a benchmark reads its input several times");
    }
    return bam;
  }

  ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
