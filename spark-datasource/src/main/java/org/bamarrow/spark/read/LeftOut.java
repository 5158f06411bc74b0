package org.bamarrow.spark.read;

import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.bamarrow.internal.ipc.WantedBatches;

/**
 * What the driver has left out of the partitions that it planned last, for the metrics of the scan.
 * It is no part of what the scan reads, so all objects are equal. Thread-safe.
 */
final class LeftOut {
  private long batches;
  private long files;

  /**
   * Replaces the counts.
   *
   * @param wanted of each file; null: not known
   */
  synchronized void planned(List<WantedBatches> wanted) {
    batches = wanted.stream().filter(Objects::nonNull).mapToLong(WantedBatches::leftOut).sum();
    files = wanted.stream().filter(each -> each != null && each.ranges().isEmpty()).count();
  }

  /** Spark adds those of the tasks. */
  synchronized CustomTaskMetric[] metrics() {
    return new CustomTaskMetric[] {
      new TaskMetrics.Value(TaskMetrics.Kind.BATCHES_LEFT_OUT.key(), batches),
      new TaskMetrics.Value(TaskMetrics.Kind.FILES_LEFT_OUT.key(), files)
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LeftOut;
  }

  @Override
  public int hashCode() {
    return 0;
  }
}
