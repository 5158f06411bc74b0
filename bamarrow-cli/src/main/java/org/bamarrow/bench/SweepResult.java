package org.bamarrow.bench;

/**
 * One measured point of a grid.
 *
 * @param workers number of workers, limited by memory; 0 if the conversion failed
 * @param seconds median wall time of the conversion
 * @param rows read back with the reader of Arrow
 * @param problem the problem with the output, or null
 */
public record SweepResult(
    SweepSettings settings,
    int workers,
    double seconds,
    long rows,
    long bytesIn,
    long bytesOut,
    String problem) {

  public double recordsPerSecond() {
    return problem == null ? rows / seconds : 0;
  }
}
