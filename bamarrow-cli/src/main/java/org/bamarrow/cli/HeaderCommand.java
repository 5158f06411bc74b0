package org.bamarrow.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.bamarrow.convert.Inflater;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.Inflaters;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.io.ByteSources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bamarrow header}: the SAM header, byte for byte. */
@Command(
    name = "header",
    mixinStandardHelpOptions = true,
    description = "Print the SAM header of a BAM, byte for byte.",
    footer = {"", "Examples:", "  bamarrow header in.bam", "  bamarrow header in.bam | grep ^@RG"})
final class HeaderCommand implements Callable<Integer> {
  @Parameters(paramLabel = "IN.bam", description = "A BAM (- for standard input).")
  private String file;

  @Override
  public Integer call() throws IOException {
    try (BlockInflater inflater = Inflaters.choose(Inflater.AUTO).open();
        BamInput input = BamInput.open(ByteSources.open(file), 0, inflater);
        StandardOutput out = new StandardOutput()) {
      out.write(input.header().text());
    }
    return 0;
  }
}
