package org.bamarrow.internal.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bamarrow.internal.bgzf.BlockBuffer;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.RawChunk;
import org.bamarrow.io.BamFormatException;

/**
 * Completes the last record of a chunk from the chunks that follow. Owned by one worker, like the
 * buffer to which it appends.
 */
final class ChunkTail {
  private final BlockBuffer buffer;
  private final BlockInflater inflater;
  private final List<ChunkInFlight> following = new ArrayList<>();

  /** Inflated bytes of the chunk and of all chunks held. */
  private long known;

  /** Index in {@link #following} of the chunk that contains the next byte. */
  private int current;

  /** Index in that chunk of the block that contains the next byte. */
  private int block;

  /** Offset of that block in the inflated bytes of its chunk. */
  private int blockStart;

  /** Inflated bytes of that chunk that have been appended. */
  private int taken;

  ChunkTail(BlockBuffer buffer, BlockInflater inflater) {
    this.buffer = buffer;
    this.inflater = inflater;
  }

  /**
   * Holds the chunks that contain the inflated bytes before {@code wanted}, an offset from the
   * start of {@code chunk}. Called inside the walk gate.
   *
   * @throws IOException if the file ends before those bytes or cannot be read
   */
  void hold(ChunkInFlight chunk, long wanted, ChunkQueue queue, int maxRecord) throws IOException {
    if (following.isEmpty()) {
      known = chunk.raw.inflatedSize();
    }
    if (wanted > known) {
      ChunkInFlight last = following.isEmpty() ? chunk : following.get(following.size() - 1);
      for (ChunkInFlight more : queue.following(last, wanted - known, maxRecord)) {
        following.add(more);
        known += more.raw.inflatedSize();
      }
    }
  }

  /**
   * Appends bytes of the held chunks until the buffer has {@code wanted} bytes. Bytes that the
   * workers of those chunks have inflated already are copied; others are inflated here, because
   * waiting for those workers could take longer.
   */
  void complete(int wanted, String file) throws BamFormatException {
    buffer.reserve(Math.max(0, wanted - buffer.size()));
    while (buffer.size() < wanted) {
      ChunkInFlight from = following.get(current);
      if (block == from.raw.blocks()) {
        current++;
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

  /** Advances to the first block that has not been appended completely. */
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

  /** Releases the held chunks; called after the walk gate. */
  void release(ChunkQueue queue) {
    following.forEach(queue::release);
    following.clear();
    current = 0;
    atStart();
  }
}
