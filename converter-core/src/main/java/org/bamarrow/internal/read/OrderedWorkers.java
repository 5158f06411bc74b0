package org.bamarrow.internal.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bamarrow.internal.base.Rethrow;
import org.bamarrow.io.Interrupts;

/**
 * Workers that carry items, each through the same gates, in the order of the items. The last gate
 * is that of the delivery. An error is reported at the position of its item in that order, the same
 * for any number of workers.
 */
public final class OrderedWorkers {
  /** Carries the next item; run on one thread at a time. */
  public interface Step {
    /** False if there is no item left, or this or an earlier one failed. */
    boolean run();
  }

  private final Runnable stop;
  private final OrderedGate[] gates;
  private final List<Thread> threads = new ArrayList<>();
  private long failedAt = Long.MAX_VALUE;
  private Throwable failure;

  /**
   * @param stop makes the source give no more items; run on any thread, maybe several times
   * @param gates in the order in which an item passes them
   */
  public OrderedWorkers(Runnable stop, OrderedGate... gates) {
    this.stop = stop;
    this.gates = gates.clone();
  }

  /**
   * Starts a thread for each worker.
   *
   * @param whenEnded run once, on the thread of the last worker that ends
   */
  public void start(List<? extends Step> workers, Runnable whenEnded) {
    AtomicInteger running = new AtomicInteger(workers.size());
    for (Step worker : workers) {
      Runnable work =
          () -> {
            while (worker.run()) {}
            if (running.decrementAndGet() == 0) {
              whenEnded.run();
            }
          };
      Thread thread = new Thread(work, "bamarrow-worker-" + threads.size());
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
  }

  /**
   * Waits until every worker has ended.
   *
   * @param interrupted message of the error if the caller is interrupted
   * @throws IOException the first error in the order of the items
   */
  public void await(String interrupted) throws IOException {
    try {
      Interrupts.check();
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw Interrupts.interrupted(interrupted, e);
    }
    rethrow();
  }

  /** Throws the first error in the order of the items, if there is one. */
  public synchronized void rethrow() throws IOException {
    Rethrow.ifAny(failure);
  }

  /** Stops the workers and waits until they have ended. */
  public void end() {
    finishAt(-1);
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Abandons all items after {@code index}. */
  public void finishAt(long index) {
    stop.run();
    for (OrderedGate gate : gates) {
      gate.close(index + 1);
    }
  }

  /**
   * Item {@code index} failed. The error is recorded once every item before it has been delivered.
   */
  public void fail(long index, Throwable error) {
    stop.run();
    int last = gates.length - 1;
    for (int i = 0; i < last; i++) {
      gates[i].close(index);
    }
    try {
      gates[last].await(index);
    } catch (OrderedGate.Abandoned e) {
      return; // an item before this one failed or was the last
    }
    gates[last].close(index);
    synchronized (this) {
      if (index < failedAt) {
        failedAt = index;
        failure = error;
      }
    }
  }
}
