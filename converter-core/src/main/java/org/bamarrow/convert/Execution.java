package org.bamarrow.convert;

/** How a conversion was run: by a {@link Strategy} on this machine, or on a cluster. */
public enum Execution {
  /** By one thread. */
  SEQUENTIAL,
  /** By workers that carry one chunk each. */
  PIPELINE,
  /** By one thread for each segment of the inputs. */
  SEGMENTS,
  /** On the executors of a cluster, one task per part. */
  CLUSTER;

  /**
   * {@return the execution of a strategy on this machine}
   *
   * @param strategy the strategy in use
   */
  public static Execution of(Strategy strategy) {
    return switch (strategy) {
      case SEQUENTIAL -> SEQUENTIAL;
      case PIPELINE -> PIPELINE;
      case SEGMENTS -> SEGMENTS;
    };
  }
}
