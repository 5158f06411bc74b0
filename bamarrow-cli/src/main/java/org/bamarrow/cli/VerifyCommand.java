package org.bamarrow.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bamarrow.errors.Printable;
import org.bamarrow.verify.Verifier;
import org.bamarrow.verify.VerifyResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bamarrow verify}: compares every field of every row with htsjdk. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Compare every field of an Arrow file, or of a directory of parts, with the BAM.",
      "The BAM is read with htsjdk, an independent implementation; the options of the"
          + " conversion are taken from the metadata of the Arrow file.",
      "Lists of more than 100 names, values or intervals (-r, -R, -d, -D, -N, -L) are"
          + " stored there as a digest only: give these options again as for the conversion."
    },
    footer = {
      "",
      "Exit code 0: equal; 1: different, or not readable; 2: usage.",
      "",
      "Examples:",
      "  bamarrow verify in.bam out.arrow",
      "  bamarrow verify a.bam b.bam both.arrow",
      "  bamarrow verify -D CB:barcodes.txt in.bam out.arrow",
      "  bamarrow verify in.bam out/"
    })
public final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ListArguments lists;
  @Mixin private RegionArguments regions;

  @Parameters(
      arity = "2..*",
      hideParamSyntax = true,
      paramLabel = "IN.bam... OUT",
      description =
          "The BAMs in the order of the conversion, then the Arrow file, stream or"
              + " directory of parts.")
  private List<String> files;

  @Override
  public Integer call() throws IOException {
    int last = files.size() - 1;
    if (files.subList(0, last).contains(files.get(last))) {
      throw new ParameterException(spec.commandLine(), "the last argument must be the Arrow file");
    }
    StandardInput.requireOnce(files, lists.files(), regions.files());
    VerifyResult result =
        Verifier.verify(
            files.subList(0, last),
            Path.of(files.get(last)),
            lists.lists(),
            regions.regions(),
            line -> spec.commandLine().getOut().println(Printable.message(line)));
    spec.commandLine().getOut().flush();
    return result.outcome() == VerifyResult.Outcome.EQUAL ? 0 : 1;
  }
}
