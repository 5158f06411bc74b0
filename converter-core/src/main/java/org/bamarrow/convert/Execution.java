package org.bamarrow.convert;

/** How a conversion was run: as its {@link Strategy} says, or by a cluster. */
public enum Execution {
  SEQUENTIAL,
  PIPELINE,
  SEGMENTS,
  /** By the executors of a cluster, a task for each part. */
  CLUSTER;

  /** On this machine. */
  public static Execution of(Strategy strategy) {
    return switch (strategy) {
      case SEQUENTIAL -> SEQUENTIAL;
      case PIPELINE -> PIPELINE;
      case SEGMENTS -> SEGMENTS;
    };
  }
}
