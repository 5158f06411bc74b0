package org.bamarrow.convert;

import java.io.Serializable;

/**
 * How much of the machine a conversion may use; the output does not depend on it.
 *
 * @param threads workers, 1 or more
 * @param inflater {@code auto}, {@code gkl}, {@code libdeflate} or {@code jdk}
 * @param memoryBytes most memory for chunks in flight and the largest record
 * @param readBytes most bytes asked of the source in one read
 * @param segments for {@link Strategy#SEGMENTS}: how many, of all inputs together; 0: as many as
 *     their size suggests
 */
public record MachineOptions(
    Strategy strategy, int threads, String inflater, long memoryBytes, int readBytes, int segments)
    implements Serializable {
  /** With as many segments as the inputs' size suggests. */
  public MachineOptions(
      Strategy strategy, int threads, String inflater, long memoryBytes, int readBytes) {
    this(strategy, threads, inflater, memoryBytes, readBytes, 0);
  }

  public MachineOptions {
    if (segments < 0) {
      throw new IllegalArgumentException(segments + " segments: 1 or more");
    }
    if (threads < 1 || memoryBytes < 1 || readBytes < 1) {
      throw new IllegalArgumentException(
          "a conversion needs at least 1 thread, 1 byte of memory and reads of 1 byte");
    }
  }

  public MachineOptions withMemory(long bytes) {
    return new MachineOptions(strategy, threads, inflater, bytes, readBytes, segments);
  }

  /** As many workers as processors, a modest share of the memory. */
  public static MachineOptions ofThisMachine() {
    Runtime runtime = Runtime.getRuntime();
    return new MachineOptions(
        Strategy.PIPELINE,
        runtime.availableProcessors(),
        "auto",
        Math.min(512L << 20, runtime.maxMemory() / 2),
        1 << 20);
  }
}
