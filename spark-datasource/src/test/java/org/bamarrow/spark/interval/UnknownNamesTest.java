package org.bamarrow.spark.interval;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of intervals that the reads cannot have are said. */
class UnknownNamesTest {
  private static String message(Dataset<Row> reads, String... names) {
    return UnknownNames.message(reads, Set.of(names), IntervalOptions.bed());
  }

  @Test
  void namesThatTheHeaderLacksAreSaid(@TempDir Path folder) throws IOException {
    Path bam = Bams.synth(folder.resolve("x.bam"), SynthProfile.SHORT, 100);
    Path arrow = folder.resolve("x.arrow");
    BamToArrow.convert(
        List.of(bam.toString()), arrow.toString(), ConvertOptions.defaults(), Progress.NONE);
    for (Path data : List.of(bam, arrow)) {
      Dataset<Row> reads = LocalSpark.read(data).filter("mapq > 3").limit(10);
      assertNull(message(reads, "chr1", "chr2"));
      String said = message(reads, "chr1", "1", "2");
      assertTrue(said.startsWith("2 of the 3 names in column chrom of the intervals"), said);
      assertTrue(said.contains(data.getFileName() + ": 1, 2; it has chr1, chr2, "), said);
    }
  }

  @Test
  void ofOtherReadsNothingIsKnown() {
    assertNull(message(LocalSpark.SESSION.range(3).toDF("pos"), "chr1"));
  }
}
