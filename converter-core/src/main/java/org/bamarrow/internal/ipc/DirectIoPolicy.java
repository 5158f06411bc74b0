package org.bamarrow.internal.ipc;

import org.bamarrow.convert.DirectIo;

/**
 * Chooses whether the next batches of a file go through the page cache or past it, by what either
 * costs the workers. The page cache is slow where the kernel has to fetch its memory from elsewhere
 * (a virtual machine's host, other files' pages), or makes writers wait for the disk. Reading the
 * file back from a disk costs about what {@link #SLOW} allows.
 */
final class DirectIoPolicy {
  /** Bytes after which is judged. */
  static final long WINDOW = 32 << 20;

  /** Nanoseconds of a worker for a byte; memory is copied in a tenth of it. */
  private static final double SLOW = 1;

  private final int workers;
  private boolean direct;
  private boolean settled;
  private double cacheCost;
  private long bytes;
  private double cost;

  /**
   * @param mode not {@link DirectIo#NEVER}
   * @param workers who all come to wait where one waits for the disk in its turn
   */
  DirectIoPolicy(DirectIo mode, int workers) {
    this.workers = workers;
    this.direct = mode == DirectIo.ALWAYS;
    this.settled = direct;
  }

  /** Whether the next batches go past the page cache. */
  synchronized boolean direct() {
    return direct;
  }

  /** So many bytes went through the page cache. */
  synchronized void cached(long length, long nanoseconds) {
    if (direct || settled || !add(length, nanoseconds)) {
      return;
    }
    cacheCost = cost / bytes;
    direct = cacheCost > SLOW;
    clear();
  }

  /**
   * So many bytes went past it.
   *
   * @param nanoseconds of the one worker, waiting included
   * @param waited thereof for the disk
   */
  synchronized void direct(long length, long nanoseconds, long waited) {
    if (settled || !add(length, nanoseconds + (workers - 1.0) * waited)) {
      return;
    }
    if (cost / bytes > cacheCost) {
      neverAgain();
    }
    clear();
  }

  /** The page cache from here on. */
  synchronized void neverAgain() {
    direct = false;
    settled = true;
  }

  private boolean add(long length, double nanoseconds) {
    bytes += length;
    cost += nanoseconds;
    return bytes >= WINDOW;
  }

  private void clear() {
    bytes = 0;
    cost = 0;
  }
}
