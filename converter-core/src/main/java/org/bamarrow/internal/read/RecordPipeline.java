package org.bamarrow.internal.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bgzf.BlockInflater;

/**
 * Reads BAMs with any number of workers. Chunks are delivered in file order, and an error is
 * reported at its position in that order, the same for any number of workers. With one worker on
 * the caller's thread this is the sequential reader.
 */
public final class RecordPipeline implements AutoCloseable {
  final ChunkQueue queue;
  final RangeEnd rangeEnd;
  final long limit;

  /** Guards {@link #walk}. */
  final OrderedGate walkGate = new OrderedGate();

  final ChunkWalk walk = new ChunkWalk();

  /** Guards {@link #rowsSoFar}. */
  final OrderedGate limitGate = new OrderedGate();

  long rowsSoFar;
  final OrderedGate deliveryGate = new OrderedGate();

  /**
   * Held by the one chunk that may need much more memory than other chunks, for a large record.
   * Acquired inside the walk gate, so that no chunk waits for a later one.
   */
  final Semaphore large;

  /** A chunk that needs more inflated bytes than this must acquire {@link #large}. */
  final long largeBytes;

  private final List<Worker> workers = new ArrayList<>();
  private final OrderedWorkers ordered;

  /**
   * Settings of a pipeline.
   *
   * @param limit maximum number of rows; negative for all
   * @param filters creates a filter for each worker; null: every record is a row
   */
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
   * @param scope its inputs are owned by the caller, who closes them after this pipeline
   * @param handlers one for each worker; closed by the pipeline
   */
  public RecordPipeline(ReadScope scope, Settings settings, List<? extends SliceHandler> handlers) {
    this(scope, settings, handlers, new Semaphore(1));
  }

  /**
   * As the other constructor, for several concurrent pipelines, each with one worker.
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
    ordered = new OrderedWorkers(queue::stop, walkGate, limitGate, deliveryGate);
    for (SliceHandler handler : handlers) {
      workers.add(
          new Worker(
              this,
              settings.inflaters.get(),
              get(scope.filter()),
              get(settings.filters),
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

  /** Processes the next chunk on this thread; false at the end. */
  public boolean step() throws IOException {
    boolean more = workers.get(0).step();
    ordered.rethrow();
    return more;
  }

  /** Reads everything on this thread with the first worker. */
  public void runHere() throws IOException {
    while (step()) {}
  }

  /**
   * Starts a thread for each worker.
   *
   * @param whenEnded run once, on the thread of the last worker that ends
   */
  public void start(Runnable whenEnded) {
    ordered.start(
        workers.stream().<OrderedWorkers.Step>map(each -> each::step).toList(), whenEnded);
  }

  /**
   * Waits until every worker has ended.
   *
   * @throws IOException the first error in file order
   */
  public void await() throws IOException {
    ordered.await("interrupted while reading records");
  }

  /** Compressed bytes read so far; may be called on any thread while the workers run. */
  public long bytesRead() {
    return queue.bytesRead();
  }

  /** The counts; called after the workers have ended. */
  public ReadStatistics statistics() {
    return ReadStatistics.sum(workers, queue);
  }

  /** Stops the workers, waits for them and frees their memory. */
  @Override
  public void close() {
    ordered.end();
    workers.forEach(Worker::close);
    workers.clear();
  }

  /** The limit is reached with chunk {@code index}: stops reading after it. */
  void finishAt(long index) {
    ordered.finishAt(index);
  }

  /** Chunk {@code index} failed. */
  void fail(long index, Throwable error) {
    ordered.fail(index, error);
  }
}
