package org.bamarrow.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.bamarrow.bench.Validation;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.bamarrow.verify.VerifyResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bamarrow bench validate}: compares every row of a large conversion. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Generate a BAM, convert it with the pipeline and compare every field of every"
            + " row with htsjdk. 10 M short reads take a few minutes and 10 GB in --dir.",
    footer = {
      "",
      "Exit code 0: all rows are equal; 1: they are not.",
      "",
      "Examples:",
      "  bamarrow bench validate --dir scratch",
      "  bamarrow bench validate --records 5000 --profile long --seed 7"
    })
final class BenchValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private BenchArguments common;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "10000000",
      description = "Number of records (default: ${DEFAULT-VALUE}).")
  private long records;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      defaultValue = "short",
      converter = ProfileConverter.class,
      description = "As for bamarrow synth (default: ${DEFAULT-VALUE}).")
  private SynthProfile profile;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Random seed (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws IOException {
    if (records < 1) {
      throw common.usage("--records must be at least 1: " + records);
    }
    int threads = common.threads();
    SynthOptions reads = SynthOptions.of(profile, records, seed).withThreads(threads);
    PrintWriter out = spec.commandLine().getOut();
    VerifyResult result =
        Validation.run(
            reads,
            threads,
            common.folder(),
            line -> {
              out.println(line);
              out.flush();
            });
    return result.outcome() == VerifyResult.Outcome.EQUAL ? 0 : 1;
  }
}
