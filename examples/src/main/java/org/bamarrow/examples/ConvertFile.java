package org.bamarrow.examples;

import java.io.IOException;
import java.util.List;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.Compression;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.convert.RowOptions;

/**
 * Converts a BAM to an Arrow IPC file: primary alignments with a mapping quality of 30 or more,
 * compressed with zstd. An existing file is replaced when the new one is complete.
 */
public final class ConvertFile {
  private static final int SECONDARY_OR_SUPPLEMENTARY = 0x900; // SAM specification 1.4

  private ConvertFile() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: ConvertFile IN.bam OUT.arrow");
      System.exit(2);
    }
    ConvertReport report = convert(args[0], args[1]);
    System.out.printf("%d of %d records%n", report.rows(), report.records());
  }

  static ConvertReport convert(String bam, String arrow) throws IOException {
    ConvertOptions options =
        ConvertOptions.defaults()
            .withRows(
                RowOptions.defaults().withExcludeFlags(SECONDARY_OR_SUPPLEMENTARY).withMinMapq(30))
            .withOutput(OutputOptions.defaults().withCompression(Compression.ZSTD).withForce(true));
    return BamToArrow.convert(List.of(bam), arrow, options);
  }
}
