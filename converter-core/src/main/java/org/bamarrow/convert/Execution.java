package org.bamarrow.convert;

/** How a conversion was run: as its {@link Strategy} says, or by a cluster. */
public enum Execution {
  /** By one thread. */
  SEQUENTIAL,
  /** By workers that carry one chunk each. */
  PIPELINE,
  /** By one thread for each segment of the inputs. */
  SEGMENTS,
  /** By the executors of a cluster, a task for each part. */
  CLUSTER;

  /**
   * {@return how a strategy is run, on this machine}
   *
   * @param strategy the one in use
   */
  public static Execution of(Strategy strategy) {
    return switch (strategy) {
      case SEQUENTIAL -> SEQUENTIAL;
      case PIPELINE -> PIPELINE;
      case SEGMENTS -> SEGMENTS;
    };
  }
}
