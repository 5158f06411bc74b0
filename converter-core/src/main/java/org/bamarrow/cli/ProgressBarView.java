package org.bamarrow.cli;

import java.util.Timer;
import java.util.TimerTask;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.bamarrow.Progress;

/** A bar with rate and time left on standard error, for a terminal. */
final class ProgressBarView implements Progress {
  private static final int PERIOD = 200;
  private static final int COLUMNS = 79;

  @Override
  public Watch watch(long totalBytes, LongSupplier bytesRead) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("bamarrow")
            .setInitialMax(totalBytes)
            .setUnit("MB", 1_000_000)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(PERIOD)
            .showSpeed()
            .clearDisplayOnFinish()
            .setConsumer(new ConsoleProgressBarConsumer(System.err, COLUMNS))
            .build();
    Timer timer = new Timer("bamarrow-progress", true);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            bar.stepTo(bytesRead.getAsLong());
          }
        },
        PERIOD,
        PERIOD);
    return () -> {
      timer.cancel();
      bar.close();
    };
  }
}
