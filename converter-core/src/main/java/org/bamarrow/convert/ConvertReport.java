package org.bamarrow.convert;

import java.util.List;
import java.util.Map;

/**
 * The report of a conversion: what was read, what was written, with which settings, how fast.
 *
 * @param inputs names of the inputs, in order
 * @param output name of the output
 * @param records records read
 * @param rows rows written: records less those that the filters and the limit refused
 * @param filtered records refused by the filters
 * @param lists of each list that the filters have, how much of it occurred in the records read:
 *     {@code readGroups}, {@code tag} (a list of one), {@code tagValues}, {@code names}; and {@code
 *     bedReferences}, how many of the BED's references with an interval a header has
 * @param batches record batches written
 * @param blocks BGZF blocks read, from the one with the first record on
 * @param bytesIn compressed bytes read
 * @param bytesInflated bytes inflated from them
 * @param bytesOut bytes of the output
 * @param bytesDirect thereof written past the page cache
 * @param endMarkerSeen whether every input that was read to its end ended with the end-of-file
 *     marker, its very 28 bytes
 * @param fileEnd how the inputs that were read to their ends ended, the worst of them: {@code the
 *     end-of-file marker}, {@code an empty block that is not the end-of-file marker} or {@code a
 *     block with data}
 * @param qualitiesTakenAsMissing rows whose QUAL begins with 0xff and goes on otherwise: null, as
 *     htslib and htsjdk take them
 * @param headerDigests SHA-256 of each input's SAM header text
 * @param settings with which it was run
 * @param wallSeconds from opening the inputs to the finished output
 * @param stageSeconds CPU seconds of all workers by stage
 * @param peakMemoryBytes most resident memory of the process so far; -1 where unknown
 */
public record ConvertReport(
    List<String> inputs,
    String output,
    long records,
    long rows,
    long filtered,
    Map<String, ListMatch> lists,
    long batches,
    long blocks,
    long bytesIn,
    long bytesInflated,
    long bytesOut,
    long bytesDirect,
    boolean endMarkerSeen,
    String fileEnd,
    long qualitiesTakenAsMissing,
    List<String> headerDigests,
    ConvertSettings settings,
    double wallSeconds,
    Map<String, Double> stageSeconds,
    long peakMemoryBytes) {

  /** {@return records read per second of wall time} */
  public double recordsPerSecond() {
    return records / Math.max(wallSeconds, 1e-9);
  }

  /**
   * {@return the same of a cluster, which the process that made this one only directs}
   *
   * @param cores on which the cluster runs tasks
   */
  public ConvertReport byCluster(int cores) {
    return with(output, bytesOut, settings.byCluster(cores), -1);
  }

  /**
   * {@return the same of an output that was made of this one, of other bytes}
   *
   * @param name name of the output
   * @param bytes size of the output in bytes
   */
  public ConvertReport of(String name, long bytes) {
    return with(name, bytes, settings, peakMemoryBytes);
  }

  private ConvertReport with(
      String name, long bytes, ConvertSettings otherSettings, long peakMemory) {
    return new ConvertReport(
        inputs,
        name,
        records,
        rows,
        filtered,
        lists,
        batches,
        blocks,
        bytesIn,
        bytesInflated,
        bytes,
        bytesDirect,
        endMarkerSeen,
        fileEnd,
        qualitiesTakenAsMissing,
        headerDigests,
        otherSettings,
        wallSeconds,
        stageSeconds,
        peakMemory);
  }
}
