package org.bamarrow.convert;

/** How a conversion was run: by a {@link Strategy} on this machine, or on a cluster. */
public enum Execution {
  SEQUENTIAL,
  PIPELINE,
  SEGMENTS,
  /** On the executors of a cluster, one task per part. */
  CLUSTER;

  /** The execution of a strategy on this machine. */
  public static Execution of(Strategy strategy) {
    return switch (strategy) {
      case SEQUENTIAL -> SEQUENTIAL;
      case PIPELINE -> PIPELINE;
      case SEGMENTS -> SEGMENTS;
    };
  }
}
