package org.bamarrow.internal.rewrite;

/**
 * The memory for the batches in flight. It is asked for in the order of the batches, so that none
 * waits for a later one. Thread-safe.
 */
final class MemoryBudget {
  /**
   * Upper bound of what a batch takes, in sizes of its buffers as stored and uncompressed: those,
   * their rows in a new batch that grows, and the compressed body.
   */
  private static final int FACTOR = 4;

  private final long budget;
  private long taken;

  /**
   * @param budget bytes for all batches in flight
   */
  MemoryBudget(long budget) {
    this.budget = budget;
  }

  /**
   * Waits until there is memory for a batch, or no other one is in flight.
   *
   * @param buffers bytes of its buffers, 0 or more
   * @return bytes to {@link #release}
   */
  synchronized long take(long buffers) {
    long bytes = buffers >= budget / FACTOR ? budget : buffers * FACTOR;
    boolean interrupted = false;
    while (taken > 0 && taken + bytes > budget) {
      try {
        wait();
      } catch (InterruptedException e) { // workers are ended by their gates
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    taken += bytes;
    return bytes;
  }

  /**
   * Whether each of several workers can have a copy of dictionaries, besides the batches.
   *
   * @param buffers bytes of their buffers
   */
  boolean fits(long buffers, int copies) {
    return buffers <= budget / FACTOR / copies;
  }

  synchronized void release(long bytes) {
    taken -= bytes;
    notifyAll();
  }
}
