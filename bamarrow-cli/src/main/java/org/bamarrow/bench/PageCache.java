package org.bamarrow.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bamarrow.io.Interrupts;

/**
 * Evicts a file from the page cache. Java has no posix_fadvise, so GNU dd does it for one file
 * (flag nocache with a count of 0), or drop_caches, as root, for all files.
 */
public final class PageCache {
  private static final Path DROP_CACHES = Path.of("/proc/sys/vm/drop_caches");

  private PageCache() {}

  /**
   * @throws IOException if neither is available
   */
  public static void drop(String file) throws IOException {
    if (dropWithDd(file)) {
      return;
    }
    if (!Files.isWritable(DROP_CACHES)) {
      throw new IOException(
          "the page cache cannot be cleared: GNU dd is not available, and "
              + DROP_CACHES
              + " is writable by root only; omit --cold");
    }
    Files.writeString(DROP_CACHES, "1\n");
  }

  private static boolean dropWithDd(String file) throws IOException {
    ProcessBuilder dd = new ProcessBuilder("dd", "if=" + file, "iflag=nocache", "count=0");
    dd.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process;
    try {
      process = dd.start();
    } catch (IOException e) {
      return false; // no dd on this machine
    }
    try {
      return process.waitFor() == 0;
    } catch (InterruptedException e) {
      throw Interrupts.interrupted("interrupted while the page cache was being emptied", e);
    }
  }
}
