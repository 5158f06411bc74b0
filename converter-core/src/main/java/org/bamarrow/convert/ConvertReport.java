package org.bamarrow.convert;

import java.util.List;
import java.util.Map;

/**
 * The report of a conversion: what was read and written, the settings, and timings.
 *
 * @param inputs names of the inputs, in order
 * @param output name of the output
 * @param records records read
 * @param rows rows written: records that passed the filters and the limit
 * @param filtered records that the filters dropped
 * @param removed how many of those each filter removed, in the order in which they are tested:
 *     {@code regions}, {@code expressions}, {@code minMapq}, {@code requireFlags}, {@code
 *     excludeFlags}, {@code excludeAllFlags}, {@code fraction}, {@code readGroups}, {@code tag},
 *     {@code names}. A record counts for the first filter that it does not pass, so that the sum is
 *     {@code filtered}. Only the filters that were used
 * @param lists for each list of the filters how many of its entries occurred in the records read:
 *     {@code readGroups}, {@code tag} (a list of one), {@code tagValues}, {@code names}; and {@code
 *     bedReferences}: how many references of the BED file are in a header
 * @param batches record batches written
 * @param blocks BGZF blocks read, starting at the one with the first record
 * @param bytesIn compressed bytes read
 * @param bytesInflated inflated bytes
 * @param bytesOut size of the output in bytes
 * @param bytesDirect bytes of the output written with direct I/O
 * @param endMarkerSeen whether every input that was read to its end ended with exactly the 28 bytes
 *     of the end-of-file marker (SAM specification 4.1.2)
 * @param fileEnd how the inputs that were read to their end ended; the worst case of all inputs:
 *     {@code the end-of-file marker}, {@code an empty block that is not the end-of-file marker} or
 *     {@code a block with data}
 * @param qualitiesTakenAsMissing rows whose QUAL starts with 0xff (missing) and has other bytes
 *     after it: null, as in htslib and htsjdk
 * @param headerDigests SHA-256 of each input's SAM header text
 * @param settings settings of the run
 * @param wallSeconds wall time from opening the inputs to the finished output
 * @param stageSeconds CPU seconds of all workers, by stage
 * @param peakMemoryBytes peak resident memory of the process so far, in bytes; -1 if unknown
 */
public record ConvertReport(
    List<String> inputs,
    String output,
    long records,
    long rows,
    long filtered,
    Map<String, Long> removed,
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
   * {@return a copy for a run on a cluster that this process only coordinated}
   *
   * @param cores number of cores of the cluster
   */
  public ConvertReport byCluster(int cores) {
    return with(output, bytesOut, settings.byCluster(cores), -1);
  }

  /**
   * {@return a copy for an output derived from this one, with another size}
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
        removed,
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
