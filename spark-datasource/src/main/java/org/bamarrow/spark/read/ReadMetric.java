package org.bamarrow.spark.read;

import java.util.Locale;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomSumMetric;

/**
 * The metrics that Spark's UI shows for a scan. Spark instantiates metrics by class name, so each
 * has a public class of its own with a public constructor.
 */
public abstract class ReadMetric extends CustomSumMetric {
  private final TaskMetrics.Kind kind;

  ReadMetric(TaskMetrics.Kind kind) {
    this.kind = kind;
  }

  /** Those of scans of Arrow data. */
  static CustomMetric[] ofArrow() {
    return new CustomMetric[] {
      new Splits(),
      new Records(),
      new Batches(),
      new BatchesLeftOut(),
      new FilesLeftOut(),
      new BytesRead()
    };
  }

  /** Those of scans of BAMs. */
  static CustomMetric[] ofBams() {
    return new CustomMetric[] {
      new Splits(),
      new Ranges(),
      new Records(),
      new Filtered(),
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

  /** Splits opened. */
  public static final class Splits extends ReadMetric {
    public Splits() {
      super(TaskMetrics.Kind.SPLITS);
    }
  }

  /** Ranges read with an index. */
  public static final class Ranges extends ReadMetric {
    public Ranges() {
      super(TaskMetrics.Kind.RANGES);
    }
  }

  /** Records read, before filters. */
  public static final class Records extends ReadMetric {
    public Records() {
      super(TaskMetrics.Kind.RECORDS);
    }
  }

  /** Records that filters removed before decoding. */
  public static final class Filtered extends ReadMetric {
    public Filtered() {
      super(TaskMetrics.Kind.FILTERED);
    }
  }

  /** Record batches. */
  public static final class Batches extends ReadMetric {
    public Batches() {
      super(TaskMetrics.Kind.BATCHES);
    }
  }

  /** Record batches whose statistics satisfy no row. */
  public static final class BatchesLeftOut extends ReadMetric {
    public BatchesLeftOut() {
      super(TaskMetrics.Kind.BATCHES_LEFT_OUT);
    }
  }

  /** Files none of whose record batches has statistics that satisfy a row. */
  public static final class FilesLeftOut extends ReadMetric {
    public FilesLeftOut() {
      super(TaskMetrics.Kind.FILES_LEFT_OUT);
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

  /** Seconds waiting for input. */
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

  /** Seconds filtering records and decoding those that remain. */
  public static final class Decoding extends ReadMetric {
    public Decoding() {
      super(TaskMetrics.Kind.DECODING);
    }
  }
}
