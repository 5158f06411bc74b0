package org.bamarrow.cli;

import java.util.Timer;
import java.util.TimerTask;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.bamarrow.convert.Progress;

/**
 * A progress bar with rate and remaining time on standard error, for a terminal; cleared at the
 * end.
 */
final class ProgressBarView implements Progress {
  private static final int PERIOD = 200;

  @Override
  public Watch watch(long totalBytes, LongSupplier bytesRead) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("bamarrow")
            .setInitialMax(totalBytes)
            .setUnit(" MB", 1_000_000)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(PERIOD)
            .showSpeed()
            .clearDisplayOnFinish()
            .setConsumer(new Line())
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

  /**
   * The last line of the terminal. The consumer of the progress bar library would load a terminal
   * library to get its width.
   */
  private static final class Line implements ProgressBarConsumer {
    private static final int COLUMNS = 79;

    @Override
    public int getMaxRenderedLength() {
      return COLUMNS;
    }

    @Override
    public void accept(String bar) {
      System.err.print("\r" + bar.substring(0, Math.min(bar.length(), COLUMNS)));
      System.err.flush();
    }

    @Override
    public void clear() {
      System.err.print("\r" + " ".repeat(COLUMNS) + "\r");
      System.err.flush();
    }

    @Override
    public void close() {} // standard error stays open
  }
}
