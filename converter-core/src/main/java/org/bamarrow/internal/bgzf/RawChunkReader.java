package org.bamarrow.internal.bgzf;

import static org.bamarrow.internal.bgzf.BlockHeader.FIXED_BYTES;
import static org.bamarrow.internal.bgzf.BlockHeader.FOOTER_BYTES;
import static org.bamarrow.internal.bgzf.BlockHeader.MAX_BYTES;

import java.io.IOException;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Remedy;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.VirtualOffset;

/**
 * Reads a source from a block's start on, chunk by chunk, following the sizes in the block headers:
 * nothing is inflated. A chunk ends before the first block that starts at or past a multiple of
 * {@code chunkBytes}, or before the block that would make its inflated size exceed {@code
 * inflatedBytes}, or before the first block that starts at or past {@code stop}. One thread at a
 * time.
 */
public final class RawChunkReader {
  private static final String TRUNCATED = "the file is truncated or damaged; transfer it again";

  private final ByteSource source;
  private final int chunkBytes;
  private final int inflatedBytes;
  private final int readBytes;
  private final boolean allowMissingEof;
  private final long stop;
  private long position;
  private long carriedOver;
  private int available;
  private FileEnd end = FileEnd.NO_MARKER;
  private long blocks;

  /** As the other constructor, without a stop. */
  public RawChunkReader(
      ByteSource source,
      long position,
      int chunkBytes,
      int inflatedBytes,
      int readBytes,
      boolean allowMissingEof) {
    this(source, position, chunkBytes, inflatedBytes, readBytes, allowMissingEof, Long.MAX_VALUE);
  }

  /**
   * @param position 0-based position of the first block to read
   * @param readBytes maximum bytes per read of the source
   * @param allowMissingEof whether the file may end without an empty block (the end-of-file marker)
   * @param stop 0-based position at which a chunk ends, too; reading can continue after it
   */
  public RawChunkReader(
      ByteSource source,
      long position,
      int chunkBytes,
      int inflatedBytes,
      int readBytes,
      boolean allowMissingEof,
      long stop) {
    this.stop = stop;
    this.source = source;
    this.position = position;
    this.chunkBytes = chunkBytes;
    this.inflatedBytes = inflatedBytes;
    this.readBytes = readBytes;
    this.allowMissingEof = allowMissingEof;
  }

  /**
   * Counts bytes of an earlier chunk against the size limit of the next one.
   *
   * @param inflated inflated bytes to count
   */
  public void countCarriedOver(long inflated) {
    carriedOver = inflated;
  }

  /** Position after the last chunk read. */
  public long position() {
    return position;
  }

  /** Whether the stop has been reached or passed. */
  public boolean stopped() {
    return position >= stop;
  }

  /** Blocks read so far. */
  public long blocks() {
    return blocks;
  }

  /** How the file ends if the last block read is its last. */
  public FileEnd end() {
    return end;
  }

  /**
   * Fills {@code chunk} with the next blocks.
   *
   * @return false at the end of the source, where the chunk has no blocks
   * @throws BamFormatException if the next bytes are not a whole BGZF block, or the source ends
   *     without an end-of-file marker and {@code allowMissingEof} is false
   */
  public boolean read(RawChunk chunk) throws IOException {
    chunk.clear(position);
    available = 0;
    long gridEnd = (position / chunkBytes + 1) * chunkBytes;
    if (position < stop) {
      gridEnd = Math.min(gridEnd, stop);
    }
    chunk.ensureBytes(chunkBytes + MAX_BYTES);
    fill(chunk, (int) (gridEnd - position));
    while (position + chunk.length < gridEnd && addValidBlock(chunk)) {}
    position += chunk.length;
    carriedOver = 0;
    blocks += chunk.blocks;
    source.release(position);
    if (chunk.blocks == 0 && end == FileEnd.NO_MARKER && !allowMissingEof) {
      throw new BamFormatException(
          source.name(),
          VirtualOffset.of(position),
          "the file ends without the end-of-file marker",
          Remedy.of("it may be truncated")
              .or("if it is complete, use ", OptionKey.ALLOW_MISSING_EOF.setTo("true")));
    }
    return chunk.blocks > 0;
  }

  /**
   * Adds the next block. An invalid block ends the chunk and fails the next read, so that the
   * blocks before it can be used.
   */
  private boolean addValidBlock(RawChunk chunk) throws IOException {
    try {
      return addBlock(chunk);
    } catch (BamFormatException e) {
      if (chunk.blocks > 0) {
        return false;
      }
      throw e;
    }
  }

  /** Adds the next block; false at the end of the source or of the chunk. */
  private boolean addBlock(RawChunk chunk) throws IOException {
    int at = chunk.length;
    fill(chunk, at + FIXED_BYTES);
    if (available == at) {
      return false;
    }
    int left = available - at;
    if (left < FIXED_BYTES) {
      throw left >= 2 && LittleEndian.uint16(chunk.bytes, at) == 0x8b1f
          ? truncated(at, "block header", FIXED_BYTES)
          : error(
              at, left + " trailing bytes after the last block are not a BGZF block", TRUNCATED);
    }
    String problem = BlockHeader.problem(chunk.bytes, at);
    if (problem != null) {
      throw error(at, problem, TRUNCATED);
    }
    int header = BlockHeader.length(chunk.bytes, at);
    if (!fill(chunk, at + header)) {
      throw truncated(at, "block header", header);
    }
    int size = BlockHeader.blockSize(chunk.bytes, at);
    if (size < 0) {
      throw error(
          at,
          "the block's extra field does not have exactly one valid BC subfield (BSIZE)",
          TRUNCATED);
    }
    if (!fill(chunk, at + size)) {
      throw truncated(at, "block", size);
    }
    int inflated = LittleEndian.int32(chunk.bytes, at + size - 4);
    if (inflated < 0 || inflated > MAX_BYTES) {
      throw error(
          at,
          "the block's ISIZE is " + (inflated & 0xffffffffL) + ", the maximum is 65536",
          TRUNCATED);
    }
    if (at > 0 && carriedOver + chunk.inflatedSize + inflated > inflatedBytes) {
      return false;
    }
    chunk.add(header, inflated, size);
    end = inflated > 0 ? FileEnd.NO_MARKER : emptyEnd(chunk, at, size);
    return true;
  }

  private static FileEnd emptyEnd(RawChunk chunk, int at, int size) {
    return FileEnd.isMarker(chunk.bytes, at, at + size) ? FileEnd.MARKER : FileEnd.EMPTY_BLOCK;
  }

  /** Makes {@code wanted} bytes of the chunk available; false if the source ends before that. */
  private boolean fill(RawChunk chunk, int wanted) throws IOException {
    while (available < wanted) {
      chunk.ensureBytes(wanted + FOOTER_BYTES);
      int length = Math.min(wanted - available, readBytes);
      int got = source.read(position + available, chunk.bytes, available, length);
      available += got;
      if (got < length) {
        break;
      }
    }
    return available >= wanted;
  }

  private BamFormatException truncated(int at, String what, int wanted) {
    String problem =
        "the file ends inside a " + what + " of " + wanted + " bytes, " + (available - at);
    return error(at, problem + " are available", TRUNCATED);
  }

  private BamFormatException error(int at, String problem, String remedy) {
    return new BamFormatException(source.name(), VirtualOffset.of(position + at), problem, remedy);
  }
}
