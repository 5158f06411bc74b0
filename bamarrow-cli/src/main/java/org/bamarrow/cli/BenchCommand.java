package org.bamarrow.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bamarrow bench}: measures this machine, with the user's data. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description =
        "Measure this machine: its limit, the fastest settings, and a large conversion"
            + " that is verified.",
    subcommands = {BenchRooflineCommand.class, BenchSweepCommand.class, BenchValidateCommand.class},
    footer = {
      "",
      "Examples:",
      "  bamarrow bench roofline in.bam             compare with the machine's limit",
      "  bamarrow bench sweep --out results in.bam  find the fastest settings",
      "  bamarrow bench validate                    convert and verify 10 M reads"
    })
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "missing command: roofline, sweep or validate");
  }
}
