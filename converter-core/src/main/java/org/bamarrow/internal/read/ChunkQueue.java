package org.bamarrow.internal.read;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.errors.Remedy;
import org.bamarrow.internal.bam.DamagedRecordRemedies;
import org.bamarrow.internal.bgzf.FileEnd;
import org.bamarrow.internal.bgzf.RawChunk;
import org.bamarrow.internal.bgzf.RawChunkReader;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.VirtualOffset;

/**
 * The one sequential reader: hands out the raw chunks of the ranges in order, each byte read once.
 * Workers claim chunks in turns; the lock of this object is the reader's turn.
 */
final class ChunkQueue {
  private final List<BamRange> ranges;
  private final BatchOptions batches;
  private final int readBytes;
  private final boolean allowMissingEof;
  private final LongSupplier clock;
  private final Deque<ChunkInFlight> ahead = new ArrayDeque<>();
  private final Deque<RawChunk> pool = new ArrayDeque<>();
  private int nextRange;
  private long nextIndex;
  private RawChunkReader reader;
  private ChunkInFlight last;
  private long finishedBytes;
  private long finishedBlocks;
  private long rangesRead;
  private boolean stopped;
  private FileEnd end = FileEnd.MARKER;
  private volatile long bytesRead;

  ChunkQueue(
      List<BamRange> ranges,
      BatchOptions batches,
      int readBytes,
      boolean allowMissingEof,
      LongSupplier clock) {
    this.ranges = ranges.stream().filter(range -> !range.isEmpty()).toList();
    this.batches = batches;
    this.readBytes = readBytes;
    this.allowMissingEof = allowMissingEof;
    this.clock = clock;
  }

  /** The next chunk in order, or null at the end or after {@link #stop}. */
  synchronized ChunkInFlight next() {
    if (stopped) {
      return null;
    }
    return ahead.isEmpty() ? read(true) : ahead.poll();
  }

  /**
   * The chunks of the file after {@code claim} that hold its next {@code bytes} inflated bytes;
   * their raw bytes stay until {@link #release} is called for each. Called in the turn of {@code
   * claim} to walk, so that the claim after it has not been released yet.
   *
   * @param maxRecord most bytes of a record; twice as many raw bytes are kept for one, so that
   *     empty blocks inside a record cannot fill the memory
   * @throws IOException if the file ends before, or cannot be read
   */
  synchronized List<ChunkInFlight> following(ChunkInFlight claim, long bytes, int maxRecord)
      throws IOException {
    return following(claim, bytes, maxRecord, false);
  }

  /** As {@link #following}, but gives nothing where the file ends before. */
  synchronized List<ChunkInFlight> followingIfAny(ChunkInFlight claim, long bytes, int maxRecord)
      throws IOException {
    return following(claim, bytes, maxRecord, true);
  }

  private List<ChunkInFlight> following(
      ChunkInFlight claim, long bytes, int maxRecord, boolean mayEnd) throws IOException {
    List<ChunkInFlight> found = new ArrayList<>();
    long room = 2L * maxRecord + 2L * batches.chunkBytes();
    ChunkInFlight at = claim;
    for (long left = bytes; left > 0; left -= at.raw.inflatedSize()) {
      ChunkInFlight before = at;
      at = after(before, claim);
      if (at == null && mayEnd) {
        found.forEach(this::release);
        return List.of();
      }
      if (at == null) {
        throw new BamFormatException(
            claim.file(),
            VirtualOffset.of(before.raw.position() + before.raw.length()),
            "the file ends inside a record, " + left + " bytes before its end",
            reader == null && end == FileEnd.MARKER
                ? "it has its end-of-file marker, so it was written so"
                : "it is cut short, fetch it again");
      }
      at.requireRead();
      at.references++;
      found.add(at);
      room -= at.raw.length();
      if (room < 0) {
        throw new BamFormatException(
            claim.file(),
            VirtualOffset.of(at.raw.position()),
            "a record that begins far before has not ended here, " + left + " bytes before its end",
            Remedy.of("it is damaged, or has more empty blocks within it than the memory allows")
                .or(DamagedRecordRemedies.BEFORE));
      }
    }
    return found;
  }

  /** Gives up one reference to a chunk's raw bytes. */
  synchronized void release(ChunkInFlight claim) {
    if (--claim.references == 0) {
      pool.push(claim.raw);
    }
  }

  /** No more chunks are handed out. */
  synchronized void stop() {
    stopped = true;
  }

  /** Compressed bytes read so far, over all inputs; any thread may ask. */
  long bytesRead() {
    return bytesRead;
  }

  /** Ranges of which a block has been asked for. */
  synchronized long rangesRead() {
    return rangesRead;
  }

  /** Blocks read so far, over all inputs. */
  synchronized long blocksRead() {
    return finishedBlocks + (reader == null ? 0 : reader.blocks());
  }

  /** How the inputs that were read to their ends end, the worst of them. */
  synchronized FileEnd end() {
    return end;
  }

  /** The chunk of the same file after {@code claim}, read if need be; null at the file's end. */
  private ChunkInFlight after(ChunkInFlight claim, ChunkInFlight asker) {
    if (claim.next != null || claim.beyond == null && claim != last) {
      return claim.next;
    }
    ChunkInFlight more;
    if (claim.beyond != null) {
      more = readBeyond(claim);
      claim.next = more;
    } else {
      more = read(false);
      if (more != null) {
        ahead.add(more);
      }
    }
    asker.aheadNanoseconds += more == null ? 0 : more.readNanoseconds;
    return more;
  }

  /** Reads the next chunk, of the next range only if {@code further}; null where there is none. */
  private ChunkInFlight read(boolean further) {
    while (reader != null || further && nextRange < ranges.size()) {
      boolean first = reader == null;
      if (first) {
        open(ranges.get(nextRange++));
      }
      BamRange range = ranges.get(nextRange - 1);
      int skip = first ? VirtualOffset.within(range.start()) : -1;
      RawChunk raw = newChunk();
      long begin = clock.getAsLong();
      try {
        if (reader.read(raw)) {
          bytesRead = finishedBytes + reader.position() - range.origin();
          RawChunkReader beyond = reader.stopped() ? reader : null;
          ChunkInFlight claim = link(claim(range, skip, raw, beyond, null, begin));
          if (beyond != null) {
            finish(range);
          }
          return claim;
        }
      } catch (IOException | RuntimeException | Error e) {
        nextRange = ranges.size();
        reader = null;
        return link(claim(range, skip, raw, null, e, begin));
      }
      pool.push(raw);
      end = end.and(reader.end());
      finish(range);
    }
    return null;
  }

  /** Reads the next chunk behind a range; null at the end of the file. */
  private ChunkInFlight readBeyond(ChunkInFlight claim) {
    RawChunk raw = newChunk();
    long begin = clock.getAsLong();
    Throwable error = null;
    try {
      if (!claim.beyond.read(raw)) {
        pool.push(raw);
        end = end.and(claim.beyond.end());
        return null;
      }
    } catch (IOException | RuntimeException | Error e) {
      error = e;
    }
    long time = clock.getAsLong() - begin;
    return new ChunkInFlight(
        ChunkInFlight.UNCLAIMED, claim.range, -1, raw, claim.beyond, error, time);
  }

  private RawChunk newChunk() {
    return pool.isEmpty() ? new RawChunk() : pool.pop();
  }

  private void finish(BamRange range) {
    finishedBytes += reader.position() - range.origin();
    finishedBlocks += reader.blocks();
    reader = null;
    last = null;
  }

  private ChunkInFlight claim(
      BamRange range, int skip, RawChunk raw, RawChunkReader beyond, Throwable error, long begin) {
    long time = clock.getAsLong() - begin;
    return new ChunkInFlight(nextIndex++, range, skip, raw, beyond, error, time);
  }

  private ChunkInFlight link(ChunkInFlight claim) {
    if (last != null) {
      last.next = claim;
    }
    last = claim;
    return claim;
  }

  private void open(BamRange range) {
    rangesRead++;
    reader =
        new RawChunkReader(
            range.input().source(),
            VirtualOffset.block(range.start()),
            batches.chunkBytes(),
            batches.inflatedBytes(),
            readBytes,
            allowMissingEof,
            range.stop());
    reader.countCarriedOver(range.lead());
  }
}
