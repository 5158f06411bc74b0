package org.bamarrow.internal.read;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bamarrow.internal.base.Rethrow;

/**
 * The same task for many inputs, several at a time, since most of the time goes by waiting; what
 * they give is taken in order by one thread, so that the first error in order is the one that
 * counts.
 */
public final class InOrder {
  /** Done for one input, on any thread. */
  public interface Task<T> {
    T run(int index) throws IOException;
  }

  /** Takes what a task gave, on the caller's thread. */
  public interface Taker<T> {
    void take(T result) throws IOException;
  }

  private InOrder() {}

  /**
   * Runs tasks {@code first} to {@code end} - 1; no thread is left when this returns or throws.
   *
   * @param threads at a time; twice as many results wait at most
   * @throws InterruptedIOException if the caller is interrupted
   */
  public static <T> void run(int first, int end, int threads, Task<T> task, Taker<T> taker)
      throws IOException {
    if (threads < 2 || end - first < 2) {
      for (int index = first; index < end; index++) {
        taker.take(task.run(index));
      }
      return;
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(
            Math.min(threads, end - first),
            work -> {
              Thread thread = new Thread(work, "bamarrow-headers");
              thread.setDaemon(true);
              return thread;
            });
    Queue<Future<T>> ahead = new ArrayDeque<>();
    try {
      for (int next = first; next < end || !ahead.isEmpty(); ) {
        if (next < end && ahead.size() < 2 * threads) {
          int index = next++;
          ahead.add(pool.submit(() -> task.run(index)));
        } else {
          taker.take(result(ahead.remove()));
        }
      }
    } finally {
      ahead.forEach(waiting -> waiting.cancel(false));
      end(pool);
    }
  }

  private static <T> T result(Future<T> future) throws IOException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw Rethrow.causeOf(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while headers were read");
    }
  }

  /** Waits, for what the tasks read may be closed now. */
  private static void end(ExecutorService pool) {
    pool.shutdown();
    boolean interrupted = false;
    while (!pool.isTerminated()) {
      try {
        pool.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
