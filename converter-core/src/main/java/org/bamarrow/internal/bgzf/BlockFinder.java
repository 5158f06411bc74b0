package org.bamarrow.internal.bgzf;

import static org.bamarrow.internal.bgzf.BlockHeader.MAX_BYTES;

import java.io.IOException;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.RetainingByteSource;
import org.bamarrow.io.VirtualOffset;

/**
 * Finds the first BGZF block at or after a byte of a source. Compressed data may contain bytes that
 * look like a block, even a valid one (a BAM embedded in a stored block). So a candidate is
 * accepted only if it inflates and matches its CRC32, and if the blocks after it continue for more
 * than the maximum block size, which is past the end of any block that could contain the candidate,
 * or to the exact end of the source. One thread at a time.
 */
public final class BlockFinder {
  /** No block starts at or after the position. */
  public static final long NONE = -1;

  /** ID1 ID2 CM FLG. */
  private static final int MAGIC = 0x04088b1f;

  private static final int MAGIC_BYTES = 4;

  private final ByteSource source;
  private final BlockInflater inflater;
  private final byte[] window = new byte[MAX_BYTES - 1 + MAGIC_BYTES];
  private final RawChunk chunk = new RawChunk();
  private final BlockBuffer inflated = new BlockBuffer();

  public BlockFinder(ByteSource source, BlockInflater inflater) {
    this.source = new RetainingByteSource(source);
    this.inflater = inflater;
  }

  /**
   * The 0-based position of the first block at or after {@code position}, or {@link #NONE} if there
   * is none. A block has at most 65536 bytes, so one window is enough.
   *
   * @throws BamFormatException if no valid block starts in the next 65536 bytes
   */
  public long find(long position) throws IOException {
    int length = source.read(position, window, 0, window.length);
    for (int at = 0; at <= length - MAGIC_BYTES; at++) {
      if (LittleEndian.int32(window, at) == MAGIC && confirmed(position + at)) {
        return position + at;
      }
    }
    if (length < window.length) {
      return NONE;
    }
    throw new BamFormatException(
        source.name(),
        VirtualOffset.of(position),
        "no valid BGZF block starts in the next " + MAX_BYTES + " bytes",
        "the file is damaged; transfer it again");
  }

  private boolean confirmed(long candidate) throws IOException {
    RawChunkReader reader =
        new RawChunkReader(source, candidate, MAX_BYTES, MAX_BYTES, MAX_BYTES, true);
    try {
      reader.read(chunk);
      inflated.clear();
      inflated.append(chunk, 0, inflater, source.name());
      while (reader.position() <= candidate + MAX_BYTES && reader.read(chunk)) {}
      return true;
    } catch (BamFormatException notABlock) {
      return false; // not a block, or not followed by blocks
    }
  }
}
