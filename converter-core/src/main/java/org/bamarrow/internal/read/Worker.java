package org.bamarrow.internal.read;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.bamarrow.internal.bam.RecordChecker;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bgzf.BlockInflater;

/**
 * Processes one chunk at a time: read, inflate, walk, decode, deliver. The kernel of every
 * strategy. Confined to one thread, except for the state that the gates of the pipeline guard.
 */
final class Worker {
  /** The scope, in the counts of removed records: only regions make one in a conversion. */
  private static final String REGIONS = "regions";

  private final RecordPipeline pipeline;
  private final RecordFilter scope;
  private final RecordFilter filter;
  private final SliceHandler handler;
  private final BlockInflater inflater;
  private final LongSupplier clock;
  private final Chunk chunk;
  private boolean holdsLarge;
  private long lap;

  final long[] nanoseconds = new long[Stage.values().length];
  long records;
  long rows;
  final Map<String, Long> removed = new LinkedHashMap<>();
  long inflatedBytes;

  /**
   * @param scope which records are to be read; null: all
   * @param filter which of those are rows; null: all
   */
  Worker(
      RecordPipeline pipeline,
      BlockInflater inflater,
      RecordFilter scope,
      RecordFilter filter,
      SliceHandler handler,
      LongSupplier clock,
      int maxRecord) {
    this.pipeline = pipeline;
    this.inflater = inflater;
    this.scope = scope;
    this.filter = filter;
    this.handler = handler;
    this.clock = clock;
    this.chunk = new Chunk(inflater, maxRecord);
  }

  /** Processes the next chunk; false if there is none. */
  boolean step() {
    lap = clock.getAsLong();
    ChunkInFlight inFlight = pipeline.queue.next();
    lap(Stage.READ);
    if (inFlight == null) {
      return false;
    }
    try {
      process(inFlight);
      return true;
    } catch (OrderedGate.Abandoned e) {
      return false;
    } catch (IOException | RuntimeException | Error e) {
      pipeline.fail(inFlight.index, e);
      return false;
    } finally {
      if (holdsLarge) {
        holdsLarge = false;
        pipeline.large.release();
      }
    }
  }

  private void process(ChunkInFlight inFlight) throws IOException, OrderedGate.Abandoned {
    chunk.inflate(inFlight, () -> walkAhead(inFlight));
    inflatedBytes += chunk.size();
    lap(Stage.INFLATE);
    pipeline.walkGate.await(inFlight.index);
    lap(Stage.WAIT);
    chunk.walk(inFlight, pipeline.walk, room(), pipeline.queue);
    if (inFlight.endsRange() && room() > 0) {
      pipeline.rangeEnd.reached(inFlight.range, chunk.nextStart(inFlight, pipeline.queue));
    }
    holdsLarge = chunk.needed() > pipeline.largeBytes;
    if (holdsLarge) {
      pipeline.large.acquireUninterruptibly();
    }
    pipeline.walkGate.pass(inFlight.index);
    lap(Stage.WALK);
    add(Stage.WALK, -inFlight.aheadNanoseconds);
    add(Stage.READ, inFlight.aheadNanoseconds);
    chunk.completeLast(pipeline.queue);
    pipeline.queue.release(inFlight);
    lap(Stage.INFLATE);
    RecordChecker.check(chunk);
    int walked = chunk.count();
    int outside = scope == null && filter == null ? 0 : chunk.filter(scope, filter);
    int refused = walked - chunk.count();
    if (pipeline.limit != Long.MAX_VALUE) {
      limit(inFlight.index);
    }
    count(outside, refused);
    handler.handle(chunk);
    lap(Stage.DECODE);
    pipeline.deliveryGate.await(inFlight.index);
    lap(Stage.WAIT);
    handler.deliver();
    pipeline.deliveryGate.pass(inFlight.index);
    handler.complete();
    lap(Stage.WRITE);
  }

  /**
   * Counts the records of the chunk once it is known that they are to be delivered.
   *
   * @param outside records outside the scope
   * @param refused those, and the ones that the filter refused
   */
  private void count(int outside, int refused) {
    records += refused + chunk.count();
    rows += chunk.count();
    if (scope != null) {
      removed.merge(REGIONS, (long) outside, Long::sum);
    }
    if (filter != null) {
      filter.takeRemoved(removed);
    }
  }

  /** Walks what is inflated while it is in the CPU cache, if the walk gate is open already. */
  private void walkAhead(ChunkInFlight inFlight) {
    if (pipeline.walkGate.isOpen(inFlight.index)) {
      chunk.walkAhead(inFlight, pipeline.walk, room());
    }
  }

  /** Records left by the limit, if known before filtering; called inside the walk gate. */
  private long room() {
    return scope == null && filter == null
        ? pipeline.limit - pipeline.walk.records
        : Long.MAX_VALUE;
  }

  /** Keeps the rows that the limit leaves after all earlier chunks; stops reading at the limit. */
  private void limit(long index) throws OrderedGate.Abandoned {
    pipeline.limitGate.await(index);
    chunk.truncate(pipeline.limit - pipeline.rowsSoFar);
    pipeline.rowsSoFar += chunk.count();
    if (pipeline.rowsSoFar >= pipeline.limit) {
      pipeline.finishAt(index);
    }
    pipeline.limitGate.pass(index);
  }

  long qualitiesTakenAsMissing() {
    return handler.qualitiesTakenAsMissing();
  }

  private void lap(Stage stage) {
    long now = clock.getAsLong();
    add(stage, now - lap);
    lap = now;
  }

  private void add(Stage stage, long time) {
    nanoseconds[stage.ordinal()] += time;
  }

  /** Called after every worker has ended, since each may read from the chunks of others. */
  void close() {
    handler.close();
    inflater.close();
    chunk.close();
  }
}
