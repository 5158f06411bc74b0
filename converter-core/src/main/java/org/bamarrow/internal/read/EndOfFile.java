package org.bamarrow.internal.read;

import java.io.IOException;
import org.bamarrow.internal.bgzf.BlockFinder;
import org.bamarrow.internal.bgzf.BlockHeader;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.FileEnd;
import org.bamarrow.internal.bgzf.RawChunk;
import org.bamarrow.internal.bgzf.RawChunkReader;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.VirtualOffset;

/**
 * Looks at the end of a file before anything is read, so that one that is cut short is not found
 * out after hours, and is found out where only regions are read (SAM specification 4.1.2). One rule
 * for everybody: who wants all records, or records in some regions, looks, whether an index leads
 * the reading or not; who wants the first so many rows of a file does not, since the rest of it has
 * no part in them.
 */
public final class EndOfFile {
  /** Far enough from the end that blocks there can be told from bytes that look like blocks. */
  private static final int LOOK_BACK = 4 * BlockHeader.MAX_BYTES;

  private EndOfFile() {}

  /**
   * Checks the last blocks of a source that can be read by position. What it cannot judge is left
   * to the reading of the whole file.
   *
   * @throws BamFormatException if the file is cut short, goes on behind its last block, or does not
   *     end with an empty block
   */
  public static void check(BamInput input, BlockInflater inflater) throws IOException {
    ByteSource source = input.source();
    long first = VirtualOffset.block(input.header().firstRecord());
    if (source.size() == ByteSource.UNKNOWN_SIZE || endsWithMarker(source)) {
      return;
    }
    long block = Math.max(first, source.size() - LOOK_BACK);
    if (block > first) {
      block = find(source, block, inflater);
    }
    if (block == BlockFinder.NONE) {
      return;
    }
    int chunk = BlockHeader.MAX_BYTES;
    RawChunkReader reader = new RawChunkReader(source, block, chunk, 4 * chunk, chunk, false);
    RawChunk blocks = new RawChunk();
    while (reader.read(blocks)) {}
  }

  private static long find(ByteSource source, long position, BlockInflater inflater)
      throws IOException {
    try {
      return new BlockFinder(source, inflater).find(position);
    } catch (BamFormatException damaged) {
      return BlockFinder.NONE; // the reading of the whole file will tell where the damage begins
    }
  }

  private static boolean endsWithMarker(ByteSource source) throws IOException {
    byte[] end = new byte[FileEnd.MARKER_BYTES];
    long position = source.size() - end.length;
    return position >= 0
        && source.read(position, end, 0, end.length) == end.length
        && FileEnd.isMarker(end, 0, end.length);
  }
}
