package org.bamarrow.spark.read;

import java.util.Arrays;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.bamarrow.internal.read.ReadStatistics;
import org.bamarrow.internal.read.Stage;

/** Sums what the pieces of a task took. One thread. */
final class TaskMetrics {
  /** One number; its name and what the UI calls it. */
  public enum Kind {
    PIECES("pieces", "pieces of files read"),
    RANGES("indexRanges", "ranges read along indexes"),
    RECORDS("records", "records read"),
    REFUSED("recordsRefused", "records filtered raw, not decoded"),
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

  private record Value(String name, long value) implements CustomTaskMetric {}

  private final long[] sums = new long[Kind.values().length];

  /**
   * Adds a piece.
   *
   * @param alongIndex whether an index told its ranges
   */
  void add(ReadStatistics piece, boolean alongIndex) {
    add(Kind.PIECES, 1);
    add(Kind.RANGES, alongIndex ? piece.ranges() : 0);
    add(Kind.RECORDS, piece.records());
    add(Kind.REFUSED, piece.records() - piece.rows());
    add(Kind.BLOCKS, piece.blocks());
    add(Kind.BYTES_READ, piece.bytesRead());
    add(Kind.BYTES_INFLATED, piece.inflatedBytes());
    add(Kind.READING, nanoseconds(piece, Stage.READ));
    add(Kind.INFLATING, nanoseconds(piece, Stage.INFLATE));
    add(Kind.DECODING, nanoseconds(piece, Stage.DECODE));
  }

  private static long nanoseconds(ReadStatistics piece, Stage stage) {
    return (long) (piece.seconds().getOrDefault(stage, 0.0) * 1e9);
  }

  private void add(Kind kind, long value) {
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
