package org.bamarrow.internal.read;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/** Where a worker's time goes; the report gives seconds for each. */
public enum Stage {
  /** Claiming a chunk: reading its bytes and hopping along the blocks, waiting included. */
  READ,
  INFLATE,
  /** Finding record starts, in the order of the file. */
  WALK,
  /** Checking and filtering records, filling columns, compressing. */
  DECODE,
  WRITE,
  /** Waiting for a turn. */
  WAIT;

  /** CPU time of the current thread where the virtual machine tells it, else time. */
  public static LongSupplier clock() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return threads.isCurrentThreadCpuTimeSupported()
        ? threads::getCurrentThreadCpuTime
        : System::nanoTime;
  }
}
