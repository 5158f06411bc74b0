package org.bamarrow.internal.ipc;

import java.lang.management.ManagementFactory;

/**
 * How much memory a batch may take where a command reads Arrow data: half of the machine's, at
 * least 1 GiB. What others wrote may be one batch of any length, so that it is far above what
 * batches of bamarrow need; it ends a reading before the machine does.
 */
public final class ReadingMemory {
  private static final long LEAST = 1L << 30;

  private ReadingMemory() {}

  /** In bytes, as the limit of an allocator. */
  public static long limit() {
    long machine =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getTotalMemorySize() // a container's, where it is in one
            : 0;
    return Math.max(LEAST, machine / 2);
  }
}
