package org.bamarrow.internal.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bamarrow.internal.bgzf.BlockBuffer;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.RawChunk;
import org.bamarrow.io.BamFormatException;

/**
 * What the last record of a chunk needs of the chunks behind it. Owned by one worker, like the
 * buffer to which it appends.
 */
final class ChunkTail {
  private final BlockBuffer buffer;
  private final BlockInflater inflater;
  private final List<ChunkInFlight> claims = new ArrayList<>();

  /** Bytes of the chunk and of all claims held. */
  private long known;

  /** The claim and the block from which the next byte comes. */
  private int claim;

  private int block;

  /** Offset of that block in its claim's bytes, and how many of those have been taken. */
  private int blockStart;

  private int taken;

  ChunkTail(BlockBuffer buffer, BlockInflater inflater) {
    this.buffer = buffer;
    this.inflater = inflater;
  }

  /**
   * Holds the chunks that have the bytes up to {@code wanted}, counted from the start of the chunk;
   * in the turn to walk.
   *
   * @throws IOException if the file ends before, or cannot be read
   */
  void hold(ChunkInFlight chunk, long wanted, ChunkQueue queue, int maxRecord) throws IOException {
    if (claims.isEmpty()) {
      known = chunk.raw.inflatedSize();
    }
    if (wanted > known) {
      ChunkInFlight last = claims.isEmpty() ? chunk : claims.get(claims.size() - 1);
      for (ChunkInFlight more : queue.following(last, wanted - known, maxRecord)) {
        claims.add(more);
        known += more.raw.inflatedSize();
      }
    }
  }

  /**
   * Appends bytes of the chunks held until the buffer has {@code wanted}: from those chunks' own
   * workers as far as they have come, and beyond that inflated once more, because waiting for them
   * could take longer.
   */
  void complete(int wanted, String file) throws BamFormatException {
    buffer.reserve(Math.max(0, wanted - buffer.size()));
    while (buffer.size() < wanted) {
      ChunkInFlight from = claims.get(claim);
      if (block == from.raw.blocks()) {
        claim++;
        atStart();
        continue;
      }
      int ready = from.inflated;
      if (ready > taken) {
        int length = Math.min(ready - taken, wanted - buffer.size());
        buffer.append(from.data, taken, length);
        taken += length;
      } else {
        buffer.append(from.raw, block, inflater, file);
        taken += from.raw.inflatedLength(block);
      }
      passBlocks(from.raw);
    }
  }

  /** Goes to the first block of which not all bytes have been taken. */
  private void passBlocks(RawChunk raw) {
    while (block < raw.blocks() && taken >= blockStart + raw.inflatedLength(block)) {
      blockStart += raw.inflatedLength(block++);
    }
  }

  private void atStart() {
    block = 0;
    blockStart = 0;
    taken = 0;
  }

  /** Gives the chunks up; outside the turn. */
  void release(ChunkQueue queue) {
    claims.forEach(queue::release);
    claims.clear();
    claim = 0;
    atStart();
  }
}
