package org.bamarrow.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bamarrow bench}: measures this machine with one's own data. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measure this machine: the limit, the best settings, the proof at size.",
    subcommands = {BenchRooflineCommand.class, BenchSweepCommand.class, BenchValidateCommand.class},
    footer = {
      "",
      "Examples:",
      "  bamarrow bench roofline in.bam             how near the machine's limit a conversion is",
      "  bamarrow bench sweep --out results in.bam  which settings are fastest here",
      "  bamarrow bench validate                    10 M made-up reads, every row compared"
    })
public final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to bench: roofline, sweep, validate");
  }
}
