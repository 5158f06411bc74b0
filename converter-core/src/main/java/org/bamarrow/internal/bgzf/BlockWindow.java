package org.bamarrow.internal.bgzf;

import java.io.IOException;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.RetainingByteSource;

/**
 * Inflated bytes from a block on, read on demand. Memory is bounded by the data that is in the
 * file. Releases nothing of the source: the bytes are read again by others. One thread at a time.
 */
public final class BlockWindow implements AutoCloseable {
  private static final int CHUNK_BYTES = BlockHeader.MAX_BYTES;

  private final ByteSource source;
  private final BlockInflater inflater;
  private final RawChunk chunk = new RawChunk();
  private final BlockBuffer buffer = new BlockBuffer();
  private RawChunkReader reader;
  private int nextBlock;
  private ReadBudget budget = ReadBudget.NONE;
  private long compressed;
  private long inflated;
  private long blocks;

  public BlockWindow(ByteSource source, BlockInflater inflater) {
    this.source = new RetainingByteSource(source);
    this.inflater = inflater;
  }

  /** Limits everything that is read from now on, at all positions, to a budget. */
  public void limit(ReadBudget newBudget) {
    budget = newBudget;
    compressed = 0;
    inflated = 0;
    blocks = 0;
  }

  /** Clears the window and moves it to the block at 0-based position {@code block}. */
  public void open(long block) {
    reader = new RawChunkReader(source, block, CHUNK_BYTES, 4 * CHUNK_BYTES, CHUNK_BYTES, true);
    chunk.clear(block);
    buffer.clear();
    nextBlock = 0;
  }

  /**
   * Reads until the window has {@code wanted} bytes.
   *
   * @return false if the file ends before that
   * @throws BamFormatException if a block is damaged
   * @throws ReadBudget.SpentException if that would exceed the budget
   */
  public boolean ensure(long wanted) throws IOException {
    while (buffer.size() < wanted) {
      if (nextBlock == chunk.blocks()) {
        nextBlock = 0;
        if (!reader.read(chunk)) {
          return false;
        }
      }
      spend();
      buffer.append(chunk, nextBlock++, inflater, source.name());
    }
    return true;
  }

  private void spend() throws ReadBudget.SpentException {
    compressed += chunk.end(nextBlock) - chunk.at[nextBlock];
    inflated += chunk.inflatedLength(nextBlock);
    blocks++;
    if (compressed > budget.compressed()
        || inflated > budget.inflated()
        || blocks > budget.blocks()) {
      throw new ReadBudget.SpentException(source.name(), chunk.position(nextBlock), budget);
    }
  }

  /** The inflated bytes; the array may be larger than {@link #size} and changes as it grows. */
  public byte[] data() {
    return buffer.data();
  }

  public int size() {
    return buffer.size();
  }

  /** Virtual offset of byte {@code at}, at most {@link #size}. */
  public long virtualOffset(int at) {
    return buffer.virtualOffset(at);
  }

  @Override
  public void close() {
    buffer.close();
  }
}
