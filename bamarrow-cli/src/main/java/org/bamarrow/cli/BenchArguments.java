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
      description = "Threads in all. Default: all processors.")
  private Integer threads;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description =
          "An existing folder for the measured files, which are deleted: its disk is measured."
              + " Default: here.")
  private Path folder;

  int threads() {
    if (threads == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    return atLeastOne("--threads", threads);
  }

  Path folder() {
    if (!Files.isDirectory(folder)) {
      throw usage(folder + " is no folder; --dir takes one that exists");
    }
    return folder;
  }

  int atLeastOne(String option, int value) {
    if (value < 1) {
      throw usage(option + " must be 1 or more: " + value);
    }
    return value;
  }

  /** The limit reads by position and the input is read many times: no streams. */
  String regularFile(String bam) {
    if (!Files.isRegularFile(Path.of(bam))) {
      throw usage(bam + " is no regular file, and a benchmark reads it many times");
    }
    return bam;
  }

  ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
