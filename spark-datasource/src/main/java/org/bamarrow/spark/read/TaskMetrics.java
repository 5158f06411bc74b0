package org.bamarrow.spark.read;

import java.util.Arrays;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.bamarrow.internal.read.ReadStatistics;
import org.bamarrow.internal.read.Stage;

/** Sums the metrics of the splits of a task. One thread. */
final class TaskMetrics {
  /** One metric: its key, and its description in the UI. */
  enum Kind {
    SPLITS("splits", "file splits read"),
    RANGES("indexRanges", "index ranges read"),
    RECORDS("records", "records read"),
    FILTERED("recordsFiltered", "records filtered out before decoding"),
    BATCHES("batches", "record batches read"),
    BATCHES_LEFT_OUT("batchesLeftOut", "record batches left out by their statistics"),
    FILES_LEFT_OUT("filesLeftOut", "files left out by the statistics of their record batches"),
    BLOCKS("blocks", "BGZF blocks read"),
    BYTES_READ("bytesRead", "compressed bytes read"),
    BYTES_INFLATED("bytesInflated", "bytes inflated"),
    READING("secondsReading", "seconds reading"),
    INFLATING("secondsInflating", "seconds inflating"),
    DECODING("secondsDecoding", "seconds filtering and decoding");

    private final String key;
    private final String text;

    Kind(String key, String text) {
      this.key = key;
      this.text = text;
    }

    String key() {
      return key;
    }

    String text() {
      return text;
    }

    boolean isTime() {
      return this == READING || this == INFLATING || this == DECODING;
    }
  }

  record Value(String name, long value) implements CustomTaskMetric {}

  private final long[] sums = new long[Kind.values().length];

  /**
   * Adds the metrics of a split.
   *
   * @param alongIndex whether its ranges come from an index
   */
  void add(ReadStatistics split, boolean alongIndex) {
    add(Kind.SPLITS, 1);
    add(Kind.RANGES, alongIndex ? split.ranges() : 0);
    add(Kind.RECORDS, split.records());
    add(Kind.FILTERED, split.records() - split.rows());
    add(Kind.BLOCKS, split.blocks());
    add(Kind.BYTES_READ, split.bytesRead());
    add(Kind.BYTES_INFLATED, split.inflatedBytes());
    add(Kind.READING, nanoseconds(split, Stage.READ));
    add(Kind.INFLATING, nanoseconds(split, Stage.INFLATE));
    add(Kind.DECODING, nanoseconds(split, Stage.DECODE));
  }

  private static long nanoseconds(ReadStatistics split, Stage stage) {
    return (long) (split.seconds().getOrDefault(stage, 0.0) * 1e9);
  }

  void add(Kind kind, long value) {
    sums[kind.ordinal()] += value;
  }

  TaskMetrics copy() {
    TaskMetrics copy = new TaskMetrics();
    System.arraycopy(sums, 0, copy.sums, 0, sums.length);
    return copy;
  }

  CustomTaskMetric[] values() {
    return Arrays.stream(Kind.values())
        .map(kind -> new Value(kind.key(), sums[kind.ordinal()]))
        .toArray(CustomTaskMetric[]::new);
  }
}
