package org.bamarrow.internal.read;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/** A stage of a worker; the report gives the seconds spent in each. */
public enum Stage {
  /** Reading the bytes of a chunk and its block headers, including waiting for the reader. */
  READ,
  INFLATE,
  /** Finding record starts, in file order. */
  WALK,
  /** Checking and filtering records, filling columns, compressing. */
  DECODE,
  WRITE,
  /** Waiting at a gate. */
  WAIT;

  /** CPU time of the current thread if the JVM supports it, else elapsed time; nanoseconds. */
  public static LongSupplier clock() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return threads.isCurrentThreadCpuTimeSupported()
        ? threads::getCurrentThreadCpuTime
        : System::nanoTime;
  }
}
