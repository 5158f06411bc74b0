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
 * Runs the same task for many inputs, several at a time, since most of the time is spent waiting
 * for storage. One thread takes the results in order, so that the first error in that order is
 * reported.
 */
public final class OrderedTasks {
  /** The task of one input, run on any thread. */
  public interface Task<T> {
    T run(int index) throws IOException;
  }

  /** Takes the result of a task, on the caller's thread. */
  public interface Taker<T> {
    void take(T result) throws IOException;
  }

  private OrderedTasks() {}

  /**
   * Runs the tasks {@code [first, end)}. No thread is left when this returns or throws.
   *
   * @param threads maximum number of tasks run at a time; at most twice as many results are held
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
      ahead.forEach(pending -> pending.cancel(false));
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

  /** Waits for the tasks to end, since the caller may close what they read. */
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
