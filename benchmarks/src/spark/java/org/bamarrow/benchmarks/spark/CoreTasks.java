package org.bamarrow.benchmarks.spark;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.spark.sql.util.ArrowUtils;
import org.bamarrow.BamArrowReader;
import org.bamarrow.cli.ConvertOptionsParser;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.internal.engine.Conversion;
import org.bamarrow.internal.read.RecordPipeline;
import org.bamarrow.internal.read.SliceHandler;
import org.bamarrow.io.ByteSources;

/** What the tasks of Spark are set beside: the core's own reader, its threads and no Spark. */
final class CoreTasks {
  private static final SliceHandler NOTHING_MORE = slice -> {};

  private final String bam;
  private final String threads;

  CoreTasks(String bam, int threads) {
    this.bam = bam;
    this.threads = String.valueOf(threads);
  }

  private interface BatchUse {
    long of(VectorSchemaRoot batch);
  }

  /** Lengths walked, nothing decoded. */
  String count() throws IOException {
    try (Conversion conversion =
            new Conversion(ByteSources.openAll(List.of(bam)), options(Map.of()));
        RecordPipeline reader =
            conversion.newPipeline(Collections.nCopies(conversion.workers(), NOTHING_MORE))) {
      reader.start(() -> {});
      reader.await();
      return String.valueOf(reader.statistics().rows());
    }
  }

  /** All columns that there are without asking for more, tags included. */
  String drain() throws IOException {
    long[] rows = read(Map.of(), batch -> 0);
    return String.valueOf(rows[0]);
  }

  String filterAndSum() throws IOException {
    long[] rows =
        read(
            Map.of(
                "columns",
                "mapq",
                "tags",
                "none",
                "other-tags",
                "none",
                "exclude-flags",
                "4",
                "min-MQ",
                "30"),
            CoreTasks::sum);
    return rows[0] + " " + rows[1];
  }

  /** The column alone: what groups them is Spark's. */
  String references() throws IOException {
    long[] rows =
        read(Map.of("columns", "rname", "tags", "none", "other-tags", "none"), batch -> 0);
    return String.valueOf(rows[0]);
  }

  private static long sum(VectorSchemaRoot batch) {
    BaseIntVector vector = (BaseIntVector) batch.getVector(0);
    long sum = 0;
    for (int row = 0; row < batch.getRowCount(); row++) {
      sum += vector.getValueAsLong(row);
    }
    return sum;
  }

  /** Rows, and the sum of what the use gives of each batch. */
  private long[] read(Map<String, String> words, BatchUse use) throws IOException {
    long rows = 0;
    long sum = 0;
    try (BufferAllocator memory =
            ArrowUtils.rootAllocator().newChildAllocator("core", 0, Long.MAX_VALUE);
        BamArrowReader reader =
            new BamArrowReader(ByteSources.openAll(List.of(bam)), options(words), memory)) {
      while (reader.loadNextBatch()) {
        rows += reader.getVectorSchemaRoot().getRowCount();
        sum += use.of(reader.getVectorSchemaRoot());
      }
    }
    return new long[] {rows, sum};
  }

  private ConvertOptions options(Map<String, String> words) {
    Map<String, List<String>> all = new HashMap<>();
    words.forEach((word, value) -> all.put(word, List.of(value)));
    all.put("threads", List.of(threads));
    return ConvertOptionsParser.parse(all);
  }
}
