package org.bamarrow.internal.read;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bamarrow.internal.bgzf.FileEnd;

/**
 * Counts of a pipeline, made by each worker separately and summed at the end.
 *
 * @param records records in the delivered chunks, without those beyond the limit
 * @param rows records that passed the filter and the limit
 * @param removed how many of the other records each filter removed, in the order of the filters
 * @param ranges ranges that were opened
 * @param end the worst file end among the inputs that were read to the end
 * @param inflatedBytes bytes inflated; bytes that two workers inflated count once
 * @param qualitiesTakenAsMissing rows whose QUAL starts with 0xff but has other values: null
 * @param seconds time of all workers by stage, measured with the clock of the pipeline
 */
public record ReadStatistics(
    long records,
    long rows,
    Map<String, Long> removed,
    long ranges,
    long blocks,
    long bytesRead,
    long inflatedBytes,
    FileEnd end,
    long qualitiesTakenAsMissing,
    Map<Stage, Double> seconds)
    implements Serializable {
  /** The counts of a pipeline that has not started. */
  public static final ReadStatistics NONE =
      new ReadStatistics(
          0, 0, Map.of(), 0, 0, 0, 0, FileEnd.NO_MARKER, 0, new EnumMap<>(Stage.class));

  /** The sum of the counts of two pipelines. */
  public ReadStatistics plus(ReadStatistics other) {
    Map<Stage, Double> both = new EnumMap<>(seconds);
    other.seconds.forEach((stage, value) -> both.merge(stage, value, Double::sum));
    return new ReadStatistics(
        records + other.records,
        rows + other.rows,
        sum(removed, other.removed),
        ranges + other.ranges,
        blocks + other.blocks,
        bytesRead + other.bytesRead,
        inflatedBytes + other.inflatedBytes,
        end.and(other.end),
        qualitiesTakenAsMissing + other.qualitiesTakenAsMissing,
        both);
  }

  private static Map<String, Long> sum(Map<String, Long> a, Map<String, Long> b) {
    Map<String, Long> sum = new LinkedHashMap<>(a);
    b.forEach((filter, count) -> sum.merge(filter, count, Long::sum));
    return sum;
  }

  static ReadStatistics sum(Iterable<Worker> workers, ChunkQueue queue) {
    long records = 0;
    long rows = 0;
    long inflated = 0;
    long missing = 0;
    Map<String, Long> removed = new LinkedHashMap<>();
    Map<Stage, Double> seconds = new EnumMap<>(Stage.class);
    for (Worker worker : workers) {
      records += worker.records;
      rows += worker.rows;
      removed = sum(removed, worker.removed);
      inflated += worker.inflatedBytes;
      missing += worker.qualitiesTakenAsMissing();
      for (Stage stage : Stage.values()) {
        seconds.merge(stage, worker.nanoseconds[stage.ordinal()] / 1e9, Double::sum);
      }
    }
    return new ReadStatistics(
        records,
        rows,
        removed,
        queue.rangesRead(),
        queue.blocksRead(),
        queue.bytesRead(),
        inflated,
        queue.end(),
        missing,
        seconds);
  }
}
