package org.bamarrow.internal.read;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import org.bamarrow.internal.bgzf.FileEnd;

/**
 * What a reader did, counted by each worker on its own and summed at the end.
 *
 * @param records records in the chunks that were delivered, less those that the limit cut off
 * @param rows records that the filter and the limit left
 * @param ranges those of which reading has begun
 * @param end of the inputs that were read to their ends, the worst
 * @param inflatedBytes bytes inflated, the few that two workers inflated counted once
 * @param qualitiesTakenAsMissing rows whose QUAL begins with 0xff and goes on otherwise: null
 * @param seconds time of all workers by stage, by the clock that the reader was given
 */
public record ReadStatistics(
    long records,
    long rows,
    long ranges,
    long blocks,
    long bytesRead,
    long inflatedBytes,
    FileEnd end,
    long qualitiesTakenAsMissing,
    Map<Stage, Double> seconds)
    implements Serializable {
  /** Of a reader that has not begun. */
  public static final ReadStatistics NONE =
      new ReadStatistics(0, 0, 0, 0, 0, 0, FileEnd.NO_MARKER, 0, new EnumMap<>(Stage.class));

  /** Of two readers together. */
  public ReadStatistics plus(ReadStatistics other) {
    Map<Stage, Double> both = new EnumMap<>(seconds);
    other.seconds.forEach((stage, value) -> both.merge(stage, value, Double::sum));
    return new ReadStatistics(
        records + other.records,
        rows + other.rows,
        ranges + other.ranges,
        blocks + other.blocks,
        bytesRead + other.bytesRead,
        inflatedBytes + other.inflatedBytes,
        end.and(other.end),
        qualitiesTakenAsMissing + other.qualitiesTakenAsMissing,
        both);
  }

  static ReadStatistics sum(Iterable<Worker> workers, ChunkQueue queue) {
    long records = 0;
    long rows = 0;
    long inflated = 0;
    long missing = 0;
    Map<Stage, Double> seconds = new EnumMap<>(Stage.class);
    for (Worker worker : workers) {
      records += worker.records;
      rows += worker.rows;
      inflated += worker.inflatedBytes;
      missing += worker.qualitiesTakenAsMissing();
      for (Stage stage : Stage.values()) {
        seconds.merge(stage, worker.nanoseconds[stage.ordinal()] / 1e9, Double::sum);
      }
    }
    return new ReadStatistics(
        records,
        rows,
        queue.rangesRead(),
        queue.blocksRead(),
        queue.bytesRead(),
        inflated,
        queue.end(),
        missing,
        seconds);
  }
}
