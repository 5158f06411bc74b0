package org.bamarrow.internal.read;

import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Strategy;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Remedy;

/**
 * How the memory budget is used by every command that reads records: the number of workers, with
 * one chunk in flight each, and the maximum record size.
 *
 * @param workers number of workers, from 1 to the requested number of threads
 * @param maxRecord maximum size of one record in bytes
 */
public record MemoryPlan(int workers, int maxRecord) {
  /** Maximum size of one record in bytes, whatever the memory. */
  public static final int MAX_RECORD = 1 << 28;

  /** Upper bound of a decoded batch with its scratch memory, in sizes of the inflated chunk. */
  private static final int DECODED_FACTOR = 3;

  /** Required budget of one record, in sizes of the record. */
  private static final int BUDGET_FACTOR = 16;

  /** Upper bound of the heap that one record takes, in sizes of the record (measured: 5). */
  private static final int HEAP_FACTOR = 8;

  public static MemoryPlan of(ConvertOptions options) {
    int threads =
        options.machine().strategy() == Strategy.SEQUENTIAL ? 1 : options.machine().threads();
    return of(options.batches(), options.machine().memoryBytes(), threads);
  }

  /**
   * The plan for a budget.
   *
   * @param budget bytes for all chunks in flight and the largest record
   * @param threads requested number of threads
   */
  public static MemoryPlan of(BatchOptions batches, long budget, int threads) {
    long chunk = batches.chunkBytes() + (1L + DECODED_FACTOR) * batches.inflatedBytes();
    int workers = (int) Math.max(1, Math.min(threads, budget / chunk));
    long record = Math.min(budget / BUDGET_FACTOR, Runtime.getRuntime().maxMemory() / HEAP_FACTOR);
    return new MemoryPlan(workers, (int) Math.max(1 << 20, Math.min(MAX_RECORD, record)));
  }

  /**
   * The remedy for a record that is larger than the plan allows.
   *
   * @param bytes size of the record
   */
  public static Remedy remedy(long bytes) {
    if (bytes > MAX_RECORD) {
      return Remedy.of(
          "records of more than "
              + MAX_RECORD
              + " bytes are not supported, whatever the memory; if the record is not damaged,"
              + " remove it from the file");
    }
    String heap =
        bytes > Runtime.getRuntime().maxMemory() / HEAP_FACTOR
            ? " and a larger JVM heap, -Xmx" + mebibytes(bytes * HEAP_FACTOR)
            : "";
    return Remedy.of(
        "if the record is not damaged, use at least ",
        OptionKey.MEMORY.setTo(mebibytes(bytes * BUDGET_FACTOR)),
        heap);
  }

  /** Rounded up, with 5 % added: the usable heap is slightly smaller than -Xmx. */
  private static String mebibytes(long bytes) {
    return ((long) (bytes * 1.05) >> 20) + 1 + "M";
  }
}
