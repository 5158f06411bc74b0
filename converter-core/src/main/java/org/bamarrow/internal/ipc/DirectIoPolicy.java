package org.bamarrow.internal.ipc;

import org.bamarrow.convert.DirectIo;

/**
 * Chooses between the page cache and direct I/O for the next batches of a file, by the measured
 * cost for the workers. The page cache is slow if the kernel must get its memory from elsewhere
 * (the host of a virtual machine, pages of other files) or makes writers wait for the disk. Reading
 * the file back from disk costs about {@link #MAX_NANOSECONDS_PER_BYTE}. Thread-safe.
 */
final class DirectIoPolicy {
  /** Number of bytes after which the cost is compared. */
  static final long WINDOW_BYTES = 32 << 20;

  /** Maximum cost of the page cache for a worker; copying memory takes about a tenth of it. */
  private static final double MAX_NANOSECONDS_PER_BYTE = 1;

  private final int workers;
  private boolean direct;
  private boolean settled;
  private double cacheCost;
  private long bytes;
  private double cost;

  /**
   * @param mode not {@link DirectIo#NEVER}
   * @param workers number of workers, all of which wait if one waits for the disk inside the
   *     delivery gate
   */
  DirectIoPolicy(DirectIo mode, int workers) {
    this.workers = workers;
    this.direct = mode == DirectIo.ALWAYS;
    this.settled = direct;
  }

  /** Whether the next batches are written with direct I/O. */
  synchronized boolean direct() {
    return direct;
  }

  /** Records {@code length} bytes written through the page cache. */
  synchronized void cached(long length, long nanoseconds) {
    if (direct || settled || !add(length, nanoseconds)) {
      return;
    }
    cacheCost = cost / bytes;
    direct = cacheCost > MAX_NANOSECONDS_PER_BYTE;
    clear();
  }

  /**
   * Records {@code length} bytes written with direct I/O.
   *
   * @param nanoseconds time of the worker, including waiting
   * @param waited nanoseconds of it spent waiting for the disk
   */
  synchronized void direct(long length, long nanoseconds, long waited) {
    if (settled || !add(length, nanoseconds + (workers - 1.0) * waited)) {
      return;
    }
    if (cost / bytes > cacheCost) {
      disable();
    }
    clear();
  }

  /** Uses the page cache from now on. */
  synchronized void disable() {
    direct = false;
    settled = true;
  }

  private boolean add(long length, double nanoseconds) {
    bytes += length;
    cost += nanoseconds;
    return bytes >= WINDOW_BYTES;
  }

  private void clear() {
    bytes = 0;
    cost = 0;
  }
}
