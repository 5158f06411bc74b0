package org.bamarrow.spark.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bamarrow.BamToArrow;
import org.bamarrow.BamToParts;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.PartSize;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.synth.SynthProfile;

/**
 * The same sorted reads as a BAM and three times as Arrow data with batches of 200 rows.
 *
 * @param file converted, one file
 * @param parts converted, three parts
 * @param written by Spark, with other statistics
 */
record SortedReads(Path bam, Path file, Path parts, Path written) {
  private static final int BATCH_ROWS = 200;

  /**
   * @param more columns besides those of all conversions
   */
  static SortedReads in(Path folder, int records, String... more) throws IOException {
    Path bam = Bams.synth(folder.resolve("sorted.bam"), SynthProfile.SHORT, records);
    Path file = folder.resolve("sorted.arrow");
    Path parts = folder.resolve("parts");
    Path written = folder.resolve("written");
    List<String> columns = new ArrayList<>(ColumnOptions.CORE);
    columns.addAll(List.of(more));
    ConvertOptions options =
        ConvertOptions.defaults()
            .withColumns(ColumnOptions.defaults().withNames(columns))
            .withBatches(BatchOptions.defaults().withRows(BATCH_ROWS));
    BamToArrow.convert(List.of(bam.toString()), file.toString(), options, Progress.NONE);
    BamToParts.convert(
        List.of(bam.toString()),
        new LocalPartStore(parts.toString(), true),
        options,
        PartSize.count(3),
        Progress.NONE);
    LocalSpark.read(file)
        .coalesce(1)
        .write()
        .format("bamarrow")
        .option("batchRows", String.valueOf(BATCH_ROWS))
        .save(written.toString());
    return new SortedReads(bam, file, parts, written);
  }
}
