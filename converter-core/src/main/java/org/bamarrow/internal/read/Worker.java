package org.bamarrow.internal.read;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.bamarrow.internal.bam.RecordChecker;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bgzf.BlockInflater;

/**
 * Carries one chunk at a time all the way: claim, inflate, walk, decode, deliver. The kernel of
 * every strategy; all state is this worker's, except what the turns guard.
 */
final class Worker {
  private final RecordPipeline reader;
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
  long inflatedBytes;

  /**
   * @param filter null: every record is a row
   */
  Worker(
      RecordPipeline reader,
      BlockInflater inflater,
      RecordFilter filter,
      SliceHandler handler,
      LongSupplier clock,
      int maxRecord) {
    this.reader = reader;
    this.inflater = inflater;
    this.filter = filter;
    this.handler = handler;
    this.clock = clock;
    this.chunk = new Chunk(inflater, maxRecord);
  }

  /** Takes the next chunk all the way; false where there is none. */
  boolean step() {
    lap = clock.getAsLong();
    ChunkInFlight claim = reader.queue.next();
    lap(Stage.READ);
    if (claim == null) {
      return false;
    }
    try {
      carry(claim);
      return true;
    } catch (OrderedGate.Abandoned e) {
      return false;
    } catch (IOException | RuntimeException | Error e) {
      reader.fail(claim.index, e);
      return false;
    } finally {
      if (holdsLarge) {
        holdsLarge = false;
        reader.large.release();
      }
    }
  }

  private void carry(ChunkInFlight claim) throws IOException, OrderedGate.Abandoned {
    chunk.inflate(claim, () -> walkAhead(claim));
    inflatedBytes += chunk.size();
    lap(Stage.INFLATE);
    reader.walking.await(claim.index);
    lap(Stage.WAIT);
    chunk.walk(claim, reader.walk, room(), reader.queue);
    if (claim.endsRange() && room() > 0) {
      reader.rangeEnd.reached(claim.range, chunk.nextStart(claim, reader.queue));
    }
    holdsLarge = chunk.needed() > reader.largeBytes;
    if (holdsLarge) {
      reader.large.acquireUninterruptibly();
    }
    reader.walking.pass(claim.index);
    lap(Stage.WALK);
    add(Stage.WALK, -claim.aheadNanoseconds);
    add(Stage.READ, claim.aheadNanoseconds);
    chunk.completeLast(reader.queue);
    reader.queue.release(claim);
    lap(Stage.INFLATE);
    RecordChecker.check(chunk);
    int walked = chunk.count();
    if (filter != null) {
      chunk.filter(filter);
    }
    int refused = walked - chunk.count();
    if (reader.limit != Long.MAX_VALUE) {
      limit(claim.index);
    }
    records += refused + chunk.count();
    rows += chunk.count();
    handler.handle(chunk);
    lap(Stage.DECODE);
    reader.delivering.await(claim.index);
    lap(Stage.WAIT);
    handler.deliver();
    reader.delivering.pass(claim.index);
    handler.complete();
    lap(Stage.WRITE);
  }

  /** Walks what is inflated while it is in the cache, if the turn to walk has come already. */
  private void walkAhead(ChunkInFlight claim) {
    if (reader.walking.isOpen(claim.index)) {
      chunk.walkAhead(claim, reader.walk, room());
    }
  }

  /** Records that the limit leaves, where it can be told before the filter; in the turn to walk. */
  private long room() {
    return filter == null ? reader.limit - reader.walk.records : Long.MAX_VALUE;
  }

  /** Keeps as many rows as the limit leaves after all chunks before; the last one ends reading. */
  private void limit(long index) throws OrderedGate.Abandoned {
    reader.limiting.await(index);
    chunk.truncate(reader.limit - reader.rowsBefore);
    reader.rowsBefore += chunk.count();
    if (reader.rowsBefore >= reader.limit) {
      reader.finishAt(index);
    }
    reader.limiting.pass(index);
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

  /** After every worker has ended, for each may read from the chunks of the others. */
  void close() {
    handler.close();
    inflater.close();
    chunk.close();
  }
}
