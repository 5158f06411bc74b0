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
 * Checks the end of a file before anything is read (SAM specification 4.1.2), so that a truncated
 * file is detected at once, and also where only regions are read. The check is made for all records
 * and for regions, with or without an index; it is not made for the first N rows, which do not
 * depend on the rest of the file.
 */
public final class EndOfFile {
  /**
   * Distance from the end at which blocks can be distinguished from bytes that look like blocks.
   */
  private static final int LOOK_BACK = 4 * BlockHeader.MAX_BYTES;

  private EndOfFile() {}

  /**
   * Checks the last blocks of a source of known size. Damage that makes this impossible is left to
   * the reader of the whole file.
   *
   * @throws BamFormatException if the file is truncated, has bytes after its last block, or does
   *     not end with an empty block
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
      return BlockFinder.NONE; // reading the whole file will report where the damage starts
    }
  }

  /** Whether the last bytes of a source of known size are the end-of-file marker. */
  public static boolean endsWithMarker(ByteSource source) throws IOException {
    byte[] end = new byte[FileEnd.MARKER_BYTES];
    long position = source.size() - end.length;
    return position >= 0
        && source.read(position, end, 0, end.length) == end.length
        && FileEnd.isMarker(end, 0, end.length);
  }
}
