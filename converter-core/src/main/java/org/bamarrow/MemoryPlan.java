package org.bamarrow;

/**
 * How the memory budget is spent: so many workers with one chunk each in flight, and the largest
 * record that may come.
 *
 * @param workers at most the threads asked for, at least 1
 * @param maxRecord most bytes of one record
 */
public record MemoryPlan(int workers, int maxRecord) {
  /** A decoded batch and its scratch memory, in sizes of the inflated chunk: a generous share. */
  private static final int DECODED = 3;

  /** Most bytes of a record, however much memory there is. */
  public static final int MAX_RECORD = 1 << 28;

  /** A record may have this share of the budget. */
  private static final int SHARE = 16;

  /** The budget that a record needs, in the command line's form; up to {@link #MAX_RECORD}. */
  public static String memoryFor(long recordBytes) {
    return (recordBytes * SHARE + (1 << 20) - 1 >> 20) + "M";
  }

  static MemoryPlan of(ConvertOptions options) {
    BatchOptions batches = options.batches();
    long chunk = batches.chunkBytes() + (1L + DECODED) * batches.inflatedBytes();
    long budget = options.machine().memoryBytes();
    int threads =
        options.machine().strategy() == Strategy.SEQUENTIAL ? 1 : options.machine().threads();
    int workers = (int) Math.max(1, Math.min(threads, budget / chunk));
    return new MemoryPlan(workers, (int) Math.max(1 << 20, Math.min(MAX_RECORD, budget / SHARE)));
  }
}
