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
 * The sequential reader of a pipeline: hands out the raw chunks of the ranges in order; each byte
 * is read once. Thread-safe: workers read chunks one at a time, under the lock of this object.
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
   * The chunks after {@code inFlight} in the same file that contain the next {@code bytes} inflated
   * bytes. Their raw bytes stay valid until {@link #release} is called for each. Called inside the
   * walk gate of {@code inFlight}, so that the next chunk has not been released yet.
   *
   * @param maxRecord maximum bytes of a record; at most about twice as many raw bytes are kept for
   *     one, so that empty blocks inside a record cannot exhaust the memory
   * @throws IOException if the file ends before those bytes or cannot be read
   */
  synchronized List<ChunkInFlight> following(ChunkInFlight inFlight, long bytes, int maxRecord)
      throws IOException {
    return following(inFlight, bytes, maxRecord, false);
  }

  /** As {@link #following}, but returns an empty list if the file ends before those bytes. */
  synchronized List<ChunkInFlight> followingIfAny(ChunkInFlight inFlight, long bytes, int maxRecord)
      throws IOException {
    return following(inFlight, bytes, maxRecord, true);
  }

  private List<ChunkInFlight> following(
      ChunkInFlight inFlight, long bytes, int maxRecord, boolean mayEnd) throws IOException {
    List<ChunkInFlight> found = new ArrayList<>();
    long room = 2L * maxRecord + 2L * batches.chunkBytes();
    ChunkInFlight at = inFlight;
    for (long left = bytes; left > 0; left -= at.raw.inflatedSize()) {
      ChunkInFlight before = at;
      at = after(before, inFlight);
      if (at == null && mayEnd) {
        found.forEach(this::release);
        return List.of();
      }
      if (at == null) {
        throw new BamFormatException(
            inFlight.file(),
            VirtualOffset.of(before.raw.position() + before.raw.length()),
            "the file ends inside a record, " + left + " bytes before its end",
            reader == null && end == FileEnd.MARKER
                ? "it has an end-of-file marker, so the program that wrote it is at fault"
                : "it is truncated; transfer it again");
      }
      at.requireRead();
      at.references++;
      found.add(at);
      room -= at.raw.length();
      if (room < 0) {
        throw new BamFormatException(
            inFlight.file(),
            VirtualOffset.of(at.raw.position()),
            "a record that starts far before this block is still " + left + " bytes before its end",
            Remedy.of("it is damaged, or contains more empty blocks than the memory allows")
                .or(DamagedRecordRemedies.BEFORE));
      }
    }
    return found;
  }

  /** Releases one reference to a chunk's raw bytes. */
  synchronized void release(ChunkInFlight inFlight) {
    if (--inFlight.references == 0) {
      pool.push(inFlight.raw);
    }
  }

  /** No more chunks are handed out. */
  synchronized void stop() {
    stopped = true;
  }

  /** Compressed bytes read so far, over all inputs. Does not take the lock. */
  long bytesRead() {
    return bytesRead;
  }

  /** Ranges that have been opened. */
  synchronized long rangesRead() {
    return rangesRead;
  }

  /** Blocks read so far, over all inputs. */
  synchronized long blocksRead() {
    return finishedBlocks + (reader == null ? 0 : reader.blocks());
  }

  /** The worst file end among the inputs that were read to the end. */
  synchronized FileEnd end() {
    return end;
  }

  /**
   * The chunk after {@code inFlight} in its file, read if necessary; null at the end of the file.
   */
  private ChunkInFlight after(ChunkInFlight inFlight, ChunkInFlight asker) {
    if (inFlight.next != null || inFlight.beyond == null && inFlight != last) {
      return inFlight.next;
    }
    ChunkInFlight more;
    if (inFlight.beyond != null) {
      more = readBeyond(inFlight);
      inFlight.next = more;
    } else {
      more = read(false);
      if (more != null) {
        ahead.add(more);
      }
    }
    asker.aheadNanoseconds += more == null ? 0 : more.readNanoseconds;
    return more;
  }

  /**
   * Reads the next chunk; null if there is none.
   *
   * @param further whether to continue with the next range after the end of the current one
   */
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
          ChunkInFlight inFlight = link(newInFlight(range, skip, raw, beyond, null, begin));
          if (beyond != null) {
            finish(range);
          }
          return inFlight;
        }
      } catch (IOException | RuntimeException | Error e) {
        nextRange = ranges.size();
        reader = null;
        return link(newInFlight(range, skip, raw, null, e, begin));
      }
      pool.push(raw);
      end = end.and(reader.end());
      finish(range);
    }
    return null;
  }

  /** Reads the next chunk after a range; null at the end of the file. */
  private ChunkInFlight readBeyond(ChunkInFlight inFlight) {
    RawChunk raw = newChunk();
    long begin = clock.getAsLong();
    Throwable error = null;
    try {
      if (!inFlight.beyond.read(raw)) {
        pool.push(raw);
        end = end.and(inFlight.beyond.end());
        return null;
      }
    } catch (IOException | RuntimeException | Error e) {
      error = e;
    }
    long time = clock.getAsLong() - begin;
    return new ChunkInFlight(
        ChunkInFlight.NO_WORKER, inFlight.range, -1, raw, inFlight.beyond, error, time);
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

  private ChunkInFlight newInFlight(
      BamRange range, int skip, RawChunk raw, RawChunkReader beyond, Throwable error, long begin) {
    long time = clock.getAsLong() - begin;
    return new ChunkInFlight(nextIndex++, range, skip, raw, beyond, error, time);
  }

  private ChunkInFlight link(ChunkInFlight inFlight) {
    if (last != null) {
      last.next = inFlight;
    }
    last = inFlight;
    return inFlight;
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
