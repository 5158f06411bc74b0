package org.bamarrow.internal.read;

import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Strategy;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Remedy;

/**
 * How the memory budget is spent, for every command that reads records: so many workers with one
 * chunk each in flight, and the largest record that may come.
 *
 * @param workers at most the threads asked for, at least 1
 * @param maxRecord most bytes of one record
 */
public record MemoryPlan(int workers, int maxRecord) {
  /** Most bytes of one record, whatever the memory. */
  public static final int LARGEST_RECORD = 1 << 28;

  /** A decoded batch and its scratch memory, in sizes of the inflated chunk: a generous share. */
  private static final int DECODED = 3;

  /** The budget of one record, in sizes of it. */
  private static final int BUDGET = 16;

  /** What one record takes of the heap at most, in sizes of it: measured 5. */
  private static final int HEAP = 8;

  public static MemoryPlan of(ConvertOptions options) {
    int threads =
        options.machine().strategy() == Strategy.SEQUENTIAL ? 1 : options.machine().threads();
    return of(options.batches(), options.machine().memoryBytes(), threads);
  }

  /**
   * @param budget of all chunks in flight and the largest record, in bytes
   * @param threads asked for
   */
  public static MemoryPlan of(BatchOptions batches, long budget, int threads) {
    long chunk = batches.chunkBytes() + (1L + DECODED) * batches.inflatedBytes();
    int workers = (int) Math.max(1, Math.min(threads, budget / chunk));
    long record = Math.min(budget / BUDGET, Runtime.getRuntime().maxMemory() / HEAP);
    return new MemoryPlan(workers, (int) Math.max(1 << 20, Math.min(LARGEST_RECORD, record)));
  }

  /**
   * What to do about a record that is larger than the plan allows.
   *
   * @param bytes of the record
   */
  public static Remedy remedy(long bytes) {
    if (bytes > LARGEST_RECORD) {
      return Remedy.of(
          "larger ones than "
              + LARGEST_RECORD
              + " bytes are not read, whatever the memory; if it is no damage, take it out of the"
              + " file");
    }
    String heap =
        bytes > Runtime.getRuntime().maxMemory() / HEAP
            ? " and the JVM more, -Xmx" + mebibytes(bytes * HEAP)
            : "";
    return Remedy.of(
        "if it is no damage, give at least ",
        OptionKey.MEMORY.setTo(mebibytes(bytes * BUDGET)),
        heap);
  }

  /** Rounded up; the heap's usable part is a little less than what the JVM was given. */
  private static String mebibytes(long bytes) {
    return ((long) (bytes * 1.05) >> 20) + 1 + "M";
  }
}
