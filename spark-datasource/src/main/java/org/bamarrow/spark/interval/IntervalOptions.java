package org.bamarrow.spark.interval;

import java.util.List;

/**
 * What the columns of an {@link IntervalJoin} are and mean. Immutable.
 *
 * @param columns of the intervals: reference name (a string), start and stop (integers)
 * @param zeroBased whether the first base of a reference is 0 in start and stop, or 1
 * @param halfOpen whether stop is the position after the last base, or that of the last base
 * @param readColumns of the reads: reference name (a string), first and last position (integers,
 *     both inclusive), the last one 1-based, as in {@code docs/schema.md}
 * @param zeroBasedReads whether the first position is 0-based: option {@code coordinates} of the
 *     source
 * @param maxIntervals more intervals are an error; they are held in the memory of the driver and of
 *     each executor
 * @param maxPlaces maximum number of ranges in the condition that selects what is read
 */
public record IntervalOptions(
    List<String> columns,
    boolean zeroBased,
    boolean halfOpen,
    List<String> readColumns,
    boolean zeroBasedReads,
    int maxIntervals,
    int maxPlaces) {

  /** Checks the values. */
  public IntervalOptions {
    columns = List.copyOf(columns);
    readColumns = List.copyOf(readColumns);
    if (columns.size() != 3 || readColumns.size() != 3) {
      throw new IllegalArgumentException(
          "three columns are needed on each side: reference name, first and last position; not "
              + columns
              + " and "
              + readColumns);
    }
    if (maxIntervals < 1 || maxPlaces < 1) {
      throw new IllegalArgumentException("maxIntervals and maxPlaces are at least 1");
    }
  }

  /**
   * {@return intervals as in BED: columns {@code chrom}, {@code start} and {@code stop}, 0-based
   * and half-open, at most 1,000,000; reads as this source has them by default; 256 places}
   */
  public static IntervalOptions bed() {
    return new IntervalOptions(
        List.of("chrom", "start", "stop"),
        true,
        true,
        List.of("rname", "pos", "end"),
        false,
        1_000_000,
        256);
  }

  /**
   * {@return these options for intervals in other columns}
   *
   * @param name reference name
   * @param start start
   * @param stop stop
   */
  public IntervalOptions withColumns(String name, String start, String stop) {
    return new IntervalOptions(
        List.of(name, start, stop),
        zeroBased,
        halfOpen,
        readColumns,
        zeroBasedReads,
        maxIntervals,
        maxPlaces);
  }

  /**
   * {@return these options for intervals with other coordinates; GFF and regions of samtools are
   * neither 0-based nor half-open}
   *
   * @param zeroBased see above
   * @param halfOpen see above
   */
  public IntervalOptions withCoordinates(boolean zeroBased, boolean halfOpen) {
    return new IntervalOptions(
        columns, zeroBased, halfOpen, readColumns, zeroBasedReads, maxIntervals, maxPlaces);
  }

  /**
   * {@return these options for reads in other columns}
   *
   * @param name reference name
   * @param first first position
   * @param last last position, 1-based and inclusive
   * @param zeroBased whether the first position is 0-based
   */
  public IntervalOptions withReads(String name, String first, String last, boolean zeroBased) {
    return new IntervalOptions(
        columns,
        this.zeroBased,
        halfOpen,
        List.of(name, first, last),
        zeroBased,
        maxIntervals,
        maxPlaces);
  }

  /**
   * {@return these options with other limits}
   *
   * @param intervals maximum number of intervals
   * @param places maximum number of places
   */
  public IntervalOptions withLimits(int intervals, int places) {
    return new IntervalOptions(
        columns, zeroBased, halfOpen, readColumns, zeroBasedReads, intervals, places);
  }
}
