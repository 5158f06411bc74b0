package org.bamarrow.spark.read;

import java.util.Locale;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomSumMetric;

/**
 * What Spark's UI shows of a scan. Spark makes the metrics from their classes' names, so each has a
 * class of its own.
 */
public abstract class ReadMetric extends CustomSumMetric {
  private final TaskMetrics.Kind kind;

  ReadMetric(TaskMetrics.Kind kind) {
    this.kind = kind;
  }

  static CustomMetric[] all() {
    return new CustomMetric[] {
      new Files(),
      new Ranges(),
      new Records(),
      new Refused(),
      new Blocks(),
      new BytesRead(),
      new BytesInflated(),
      new Reading(),
      new Inflating(),
      new Decoding()
    };
  }

  @Override
  public final String name() {
    return kind.key();
  }

  @Override
  public final String description() {
    return kind.text();
  }

  /** Times are sums of nanoseconds. */
  @Override
  public final String aggregateTaskMetrics(long[] values) {
    if (!kind.isTime()) {
      return super.aggregateTaskMetrics(values);
    }
    long sum = 0;
    for (long value : values) {
      sum += value;
    }
    return String.format(Locale.ROOT, "%.3f", sum / 1e9);
  }

  /** Opened pieces of files. */
  public static final class Files extends ReadMetric {
    public Files() {
      super(TaskMetrics.Kind.PIECES);
    }
  }

  /** Ranges of files that indexes told. */
  public static final class Ranges extends ReadMetric {
    public Ranges() {
      super(TaskMetrics.Kind.RANGES);
    }
  }

  /** Records found, wanted or not. */
  public static final class Records extends ReadMetric {
    public Records() {
      super(TaskMetrics.Kind.RECORDS);
    }
  }

  /** Records that filters refused before they were decoded. */
  public static final class Refused extends ReadMetric {
    public Refused() {
      super(TaskMetrics.Kind.REFUSED);
    }
  }

  /** BGZF blocks. */
  public static final class Blocks extends ReadMetric {
    public Blocks() {
      super(TaskMetrics.Kind.BLOCKS);
    }
  }

  /** Compressed bytes. */
  public static final class BytesRead extends ReadMetric {
    public BytesRead() {
      super(TaskMetrics.Kind.BYTES_READ);
    }
  }

  /** Bytes of the blocks inflated. */
  public static final class BytesInflated extends ReadMetric {
    public BytesInflated() {
      super(TaskMetrics.Kind.BYTES_INFLATED);
    }
  }

  /** Seconds of waiting for bytes. */
  public static final class Reading extends ReadMetric {
    public Reading() {
      super(TaskMetrics.Kind.READING);
    }
  }

  /** Seconds of inflating. */
  public static final class Inflating extends ReadMetric {
    public Inflating() {
      super(TaskMetrics.Kind.INFLATING);
    }
  }

  /** Seconds of filtering records and decoding what is left. */
  public static final class Decoding extends ReadMetric {
    public Decoding() {
      super(TaskMetrics.Kind.DECODING);
    }
  }
}
