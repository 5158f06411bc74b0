package org.bamarrow.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.Inflater;
import org.bamarrow.internal.ipc.ScratchFolder;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.verify.Verifier;
import org.bamarrow.verify.VerifyResult;

/** Generates a large BAM, converts it with the pipeline and verifies every row. */
public final class Validation {
  private Validation() {}

  /**
   * @param threads workers of the conversion
   * @param folder where BAM and Arrow file are written and deleted
   * @param log receives one line per step
   */
  public static VerifyResult run(SynthOptions reads, int threads, Path folder, Consumer<String> log)
      throws IOException {
    try (ScratchFolder work = ScratchFolder.in(folder, "bench-validate-")) {
      Path bam = work.path().resolve("reads.bam");
      Path arrow = work.path().resolve("reads.arrow");
      long records = SynthBam.write(bam, reads).records();
      log.accept(
          String.format(
              "generated: %d records (%s, seed %d), %d bytes",
              records, reads.profile(), reads.seed(), Files.size(bam)));
      ConvertOptions options = MachineSettings.with(threads, Inflater.AUTO);
      ConvertReport report = BamToArrow.convert(List.of(bam.toString()), arrow.toString(), options);
      log.accept(
          String.format(
              "converted: %d rows, %d bytes, %d threads",
              report.rows(), report.bytesOut(), threads));
      VerifyResult result = Verifier.verify(List.of(bam.toString()), arrow, log);
      if (result.outcome() == VerifyResult.Outcome.EQUAL && result.rows() != records) {
        throw new IOException("only " + result.rows() + " of " + records + " rows were compared");
      }
      return result;
    }
  }
}
