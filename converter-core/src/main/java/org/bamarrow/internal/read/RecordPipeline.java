package org.bamarrow.internal.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.base.Rethrow;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.io.Interrupts;

/**
 * Reads BAMs with any number of workers; what they deliver comes in file order, and an error comes
 * in its place in that order, the same for any number of workers. With one worker on the caller's
 * thread it is the sequential reader.
 */
public final class RecordPipeline implements AutoCloseable {
  final ChunkQueue queue;
  final RangeEnd rangeEnd;
  final long limit;

  /** Guards {@link #walk}. */
  final OrderedGate walking = new OrderedGate();

  final ChunkWalk walk = new ChunkWalk();

  /** Guards {@link #rowsBefore}. */
  final OrderedGate limiting = new OrderedGate();

  long rowsBefore;
  final OrderedGate delivering = new OrderedGate();

  /**
   * Held by the one chunk that may need far more memory than a chunk is meant to, for a large
   * record. Taken in the turn to walk, so that no earlier chunk ever waits for a later one.
   */
  final Semaphore large;

  /** Inflated bytes from which a chunk counts as large. */
  final long largeBytes;

  private final List<Worker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private long failedAt = Long.MAX_VALUE;
  private Throwable failure;

  /** What the reader needs besides the inputs. */
  public record Settings(
      BatchOptions batches,
      int readBytes,
      boolean allowMissingEof,
      long limit,
      int maxRecord,
      Supplier<BlockInflater> inflaters,
      Supplier<RecordFilter> filters,
      LongSupplier clock) {}

  /**
   * @param scope its inputs stay the caller's; closed by the caller after this reader
   * @param handlers one for each worker; the reader closes them
   */
  public RecordPipeline(ReadScope scope, Settings settings, List<? extends SliceHandler> handlers) {
    this(scope, settings, handlers, new Semaphore(1));
  }

  /**
   * As the other constructor, for several readers side by side, each with one worker.
   *
   * @param large shared by them: only one holds a chunk with a large record at a time
   */
  public RecordPipeline(
      ReadScope scope, Settings settings, List<? extends SliceHandler> handlers, Semaphore large) {
    this.large = large;
    rangeEnd = scope.rangeEnd();
    largeBytes = 2L * settings.batches.inflatedBytes();
    limit = settings.limit < 0 ? Long.MAX_VALUE : settings.limit;
    queue =
        new ChunkQueue(
            scope.ranges(),
            settings.batches,
            settings.readBytes,
            settings.allowMissingEof,
            settings.clock);
    for (SliceHandler handler : handlers) {
      workers.add(
          new Worker(
              this,
              settings.inflaters.get(),
              RecordFilter.and(get(scope.filter()), get(settings.filters)),
              handler,
              settings.clock,
              settings.maxRecord));
    }
    if (limit == 0) {
      queue.stop();
    }
  }

  private static RecordFilter get(Supplier<? extends RecordFilter> filters) {
    return filters == null ? null : filters.get();
  }

  /** Carries the next chunk all the way on this thread; false at the end. */
  public boolean step() throws IOException {
    boolean more = workers.get(0).step();
    rethrow();
    return more;
  }

  /** Reads everything on this thread with the first worker. */
  public void runHere() throws IOException {
    while (step()) {}
  }

  /**
   * Starts a thread for each worker.
   *
   * @param whenEnded run once, by the last worker to end
   */
  public void start(Runnable whenEnded) {
    AtomicInteger running = new AtomicInteger(workers.size());
    for (Worker worker : workers) {
      Runnable work =
          () -> {
            while (worker.step()) {}
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
   * @throws IOException the first error in file order
   */
  public void await() throws IOException {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw Interrupts.interrupted("interrupted while records were being read", e);
    }
    rethrow();
  }

  /** Compressed bytes read so far; any thread may ask, while the workers run. */
  public long bytesRead() {
    return queue.bytesRead();
  }

  /** What was done; after the workers have ended. */
  public ReadStatistics statistics() {
    return ReadStatistics.sum(workers, queue);
  }

  /** Ends the workers, wherever they are, waits for them and frees what they hold. */
  @Override
  public void close() {
    queue.stop();
    closeTurns(0);
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
    workers.forEach(Worker::close);
    workers.clear();
  }

  /** The limit is reached with chunk {@code index}: nothing after it is wanted. */
  void finishAt(long index) {
    queue.stop();
    closeTurns(index + 1);
  }

  /** Chunk {@code index} failed; the error counts once every chunk before it has been delivered. */
  void fail(long index, Throwable error) {
    queue.stop();
    walking.close(index);
    limiting.close(index);
    try {
      delivering.await(index);
    } catch (OrderedGate.Abandoned e) {
      return; // a chunk before this one failed or filled the limit
    }
    delivering.close(index);
    synchronized (this) {
      if (index < failedAt) {
        failedAt = index;
        failure = error;
      }
    }
  }

  private void closeTurns(long index) {
    walking.close(index);
    limiting.close(index);
    delivering.close(index);
  }

  private synchronized void rethrow() throws IOException {
    Rethrow.ifAny(failure);
  }
}
