package org.bamarrow.read;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.bamarrow.BamFormatException;
import org.bamarrow.BatchOptions;
import org.bamarrow.bgzf.RawChunk;
import org.bamarrow.bgzf.RawChunkReader;
import org.bamarrow.bgzf.VirtualOffset;

/**
 * The one sequential reader: hands out the raw chunks of the inputs in order, each byte read once.
 * Workers claim chunks in turns; the lock of this object is the reader's turn.
 */
final class ChunkQueue {
  private final List<BamInput> inputs;
  private final BatchOptions batches;
  private final int readBytes;
  private final boolean allowMissingEof;
  private final LongSupplier clock;
  private final Deque<Claim> ahead = new ArrayDeque<>();
  private final Deque<RawChunk> pool = new ArrayDeque<>();
  private int nextInput;
  private long nextIndex;
  private RawChunkReader reader;
  private Claim last;
  private long finishedBytes;
  private long finishedBlocks;
  private boolean stopped;
  private boolean endMarkerSeen = true;
  private volatile long bytesRead;

  ChunkQueue(
      List<BamInput> inputs,
      BatchOptions batches,
      int readBytes,
      boolean allowMissingEof,
      LongSupplier clock) {
    this.inputs = inputs;
    this.batches = batches;
    this.readBytes = readBytes;
    this.allowMissingEof = allowMissingEof;
    this.clock = clock;
  }

  /** The next chunk in order, or null at the end or after {@link #stop}. */
  synchronized Claim next() {
    if (stopped) {
      return null;
    }
    return ahead.isEmpty() ? read(true) : ahead.poll();
  }

  /**
   * The chunks after {@code claim} that hold its next {@code bytes} inflated bytes; their raw bytes
   * stay until {@link #release} is called for each. Called in the turn of {@code claim} to walk, so
   * that the claim after it has not been released yet.
   *
   * @param maxRecord most bytes of a record; twice as many raw bytes are kept for one, so that
   *     empty blocks inside a record cannot fill the memory
   * @throws IOException if the input ends before, or cannot be read
   */
  synchronized List<Claim> following(Claim claim, long bytes, int maxRecord) throws IOException {
    List<Claim> found = new ArrayList<>();
    long room = 2L * maxRecord + 2L * batches.chunkBytes();
    Claim at = claim;
    for (long left = bytes; left > 0; left -= at.raw.inflatedSize()) {
      Claim before = at;
      while (before.next == null) {
        Claim more = last == before ? read(false) : null;
        if (more == null) {
          throw new BamFormatException(
              claim.input.source().name(),
              VirtualOffset.of(before.raw.position() + before.raw.length(), 0),
              "the file ends inside a record, " + left + " bytes before its end",
              "the file is cut short or damaged, fetch it again");
        }
        ahead.add(more);
        claim.aheadNanoseconds += more.readNanoseconds;
      }
      at = before.next;
      at.requireRead();
      at.references++;
      found.add(at);
      room -= at.raw.length();
      if (room < 0) {
        throw new BamFormatException(
            claim.input.source().name(),
            VirtualOffset.of(at.raw.position(), 0),
            "a record that begins far before has not ended here, " + left + " bytes before its end",
            "if it is no damage, give more with --memory");
      }
    }
    return found;
  }

  /** Gives up one reference to a chunk's raw bytes. */
  synchronized void release(Claim claim) {
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

  /** Blocks read so far, over all inputs. */
  synchronized long blocksRead() {
    return finishedBlocks + (reader == null ? 0 : reader.blocks());
  }

  /** Whether the input that was read last, and so all before it, ended with an empty block. */
  synchronized boolean endMarkerSeen() {
    return endMarkerSeen;
  }

  /** Reads the next chunk, of the next input only if {@code beyond}; null where there is none. */
  private Claim read(boolean beyond) {
    while (reader != null || beyond && nextInput < inputs.size()) {
      boolean first = reader == null;
      if (first) {
        open(inputs.get(nextInput++));
      }
      BamInput input = inputs.get(nextInput - 1);
      int skip = first ? VirtualOffset.within(input.header().firstRecord()) : -1;
      RawChunk raw = pool.isEmpty() ? new RawChunk() : pool.pop();
      long begin = clock.getAsLong();
      try {
        if (reader.read(raw)) {
          bytesRead = finishedBytes + reader.position();
          return link(claim(input, skip, raw, null, begin));
        }
      } catch (IOException | RuntimeException | Error e) {
        nextInput = inputs.size();
        reader = null;
        return link(claim(input, skip, raw, e, begin));
      }
      pool.push(raw);
      endMarkerSeen &= reader.lastBlockEmpty();
      finishedBytes += reader.position();
      finishedBlocks += reader.blocks();
      reader = null;
      last = null;
    }
    return null;
  }

  private Claim claim(BamInput input, int skip, RawChunk raw, Throwable error, long begin) {
    return new Claim(nextIndex++, input, skip, raw, error, clock.getAsLong() - begin);
  }

  private Claim link(Claim claim) {
    if (last != null) {
      last.next = claim;
    }
    last = claim;
    return claim;
  }

  private void open(BamInput input) {
    reader =
        new RawChunkReader(
            input.source(),
            VirtualOffset.block(input.header().firstRecord()),
            batches.chunkBytes(),
            batches.inflatedBytes(),
            readBytes,
            allowMissingEof);
  }
}
