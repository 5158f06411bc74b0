package org.bamarrow.bench;

/**
 * One measured point of a grid.
 *
 * @param workers in use, after the memory budget; 0 where the conversion failed
 * @param seconds median wall time of the conversion
 * @param rows read back through Arrow's reader
 * @param problem what is wrong with the output, in one sentence, or null
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
