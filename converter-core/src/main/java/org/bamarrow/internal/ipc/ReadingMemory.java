package org.bamarrow.internal.ipc;

import java.lang.management.ManagementFactory;

/**
 * The memory limit of commands that read Arrow data: half of the memory of the machine, at least 1
 * GiB. Files of other writers may have batches of any size, so the limit is far above the needs of
 * batches of bamarrow; it makes a command fail before the machine runs out of memory.
 */
public final class ReadingMemory {
  private static final long MIN_BYTES = 1L << 30;

  private ReadingMemory() {}

  /** The limit of an allocator, in bytes. */
  public static long limit() {
    long machine =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getTotalMemorySize() // that of the container, if any
            : 0;
    return Math.max(MIN_BYTES, machine / 2);
  }
}
