package org.bamarrow.spark.job;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bamarrow.convert.Progress;

/**
 * Prints a progress line on the driver periodically, if parts have been finished since the last
 * one.
 */
final class ProgressLines implements Progress {
  private static final int PERIOD_SECONDS = 5;
  private static final double MB = 1e6;

  private final PrintWriter out;

  ProgressLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Watch watch(long totalBytes, LongSupplier bytesRead) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "bamarrow-progress");
              thread.setDaemon(true);
              return thread;
            });
    Lines lines = new Lines(totalBytes, bytesRead);
    timer.scheduleWithFixedDelay(lines, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    return () -> {
      timer.shutdownNow();
      lines.run();
    };
  }

  @Override
  public void warn(String message) {
    out.println("bamarrow: " + message);
    out.flush();
  }

  private final class Lines implements Runnable {
    private final long total;
    private final LongSupplier bytes;
    private final long begin = System.nanoTime();
    private long last;

    Lines(long total, LongSupplier bytes) {
      this.total = total;
      this.bytes = bytes;
    }

    @Override
    public synchronized void run() {
      long now = bytes.getAsLong();
      if (now == last) {
        return;
      }
      last = now;
      double seconds = (System.nanoTime() - begin) / 1e9;
      out.printf(
          Locale.ROOT,
          "bamarrow: %.0f %% of %,.0f MB, %,.0f MB/s%n",
          100.0 * now / total,
          total / MB,
          now / MB / seconds);
      out.flush();
    }
  }
}
