package org.bamarrow.convert;

import java.io.Serializable;
import java.util.Objects;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;

/**
 * Threads and memory that a conversion may use; the output does not depend on them.
 *
 * @param strategy how work is distributed over threads
 * @param threads total number of threads, 1 to 1024
 * @param inflater DEFLATE implementation
 * @param memoryBytes maximum memory for chunks in flight, 1 MiB or more; a single record may use at
 *     most 1/16 of it
 * @param readBytes maximum bytes per read of the source, 4 KiB or more
 * @param segments number of segments of all inputs together for {@link Strategy#SEGMENTS}; 0:
 *     chosen by the size of the inputs
 */
public record MachineOptions(
    Strategy strategy,
    int threads,
    Inflater inflater,
    long memoryBytes,
    int readBytes,
    int segments)
    implements Serializable {
  /** Minimum of {@link #readBytes}: 4 KiB. */
  public static final int MIN_READ_BYTES = 1 << 12;

  private static final int MAX_THREADS = 1024;
  private static final long MIN_MEMORY = 1 << 20;

  /**
   * Checks the values.
   *
   * @param strategy how work is distributed over threads
   * @param threads total number of threads, 1 to 1024
   * @param inflater DEFLATE implementation
   * @param memoryBytes maximum memory for chunks in flight, 1 MiB or more
   * @param readBytes maximum bytes per read of the source, 4 KiB or more
   * @param segments number of segments for {@link Strategy#SEGMENTS}
   * @throws OptionException if one is out of its range
   */
  public MachineOptions {
    Objects.requireNonNull(strategy, "strategy");
    Objects.requireNonNull(inflater, "inflater");
    Checks.require(
        threads >= 1 && threads <= MAX_THREADS, OptionKey.THREADS, threads, "1 to " + MAX_THREADS);
    Checks.require(memoryBytes >= MIN_MEMORY, OptionKey.MEMORY, memoryBytes, "at least 1M");
    Checks.bytes(OptionKey.READ_BUFFER, readBytes, MIN_READ_BYTES, Integer.MAX_VALUE);
    Checks.require(segments >= 0, OptionKey.SEGMENTS, segments, "at least 0");
  }

  /**
   * {@return a pipeline with one thread per processor, 512 MiB of memory but at most half the heap,
   * and the fastest inflater that can be loaded}
   */
  public static MachineOptions defaults() {
    Runtime runtime = Runtime.getRuntime();
    return new MachineOptions(
        Strategy.PIPELINE,
        Math.min(MAX_THREADS, runtime.availableProcessors()),
        Inflater.AUTO,
        Math.max(MIN_MEMORY, Math.min(512L << 20, runtime.maxMemory() / 2)),
        1 << 20,
        0);
  }

  /**
   * {@return a copy with another strategy}
   *
   * @param value how work is distributed over threads
   */
  public MachineOptions withStrategy(Strategy value) {
    return new MachineOptions(value, threads, inflater, memoryBytes, readBytes, segments);
  }

  /**
   * {@return a copy with another number of threads}
   *
   * @param value 1 to 1024
   */
  public MachineOptions withThreads(int value) {
    return new MachineOptions(strategy, value, inflater, memoryBytes, readBytes, segments);
  }

  /**
   * {@return a copy with another inflater; the conversion fails if it cannot be loaded}
   *
   * @param value DEFLATE implementation
   */
  public MachineOptions withInflater(Inflater value) {
    return new MachineOptions(strategy, threads, value, memoryBytes, readBytes, segments);
  }

  /**
   * {@return a copy with another maximum memory}
   *
   * @param value bytes, 1 MiB or more; if it is too small for all threads, fewer threads run
   */
  public MachineOptions withMemoryBytes(long value) {
    return new MachineOptions(strategy, threads, inflater, value, readBytes, segments);
  }

  /**
   * {@return a copy with another maximum read size}
   *
   * @param value bytes, 4 KiB or more
   */
  public MachineOptions withReadBytes(int value) {
    return new MachineOptions(strategy, threads, inflater, memoryBytes, value, segments);
  }

  /**
   * {@return a copy with another number of segments, for {@link Strategy#SEGMENTS}}
   *
   * @param value number of segments of all inputs together; 0: chosen by the size of the inputs
   */
  public MachineOptions withSegments(int value) {
    return new MachineOptions(strategy, threads, inflater, memoryBytes, readBytes, value);
  }
}
