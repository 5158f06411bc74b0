package org.bamarrow.internal.bgzf;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.VirtualOffset;

/**
 * Inflated bytes of consecutive blocks, and the block of each byte. CRC32 and size of every block
 * are checked. Its size follows the actual data. One thread at a time; close it only when its array
 * is no longer read.
 */
public final class BlockBuffer implements AutoCloseable {
  /** A larger array, allocated for a rare large record, is not kept for the next chunk. */
  private static final int MAX_KEPT = 1 << 25;

  private byte[] data = new byte[0];
  private int size;
  private int blocks;
  private int[] start = new int[64];
  private long[] position = new long[64];
  private long end;

  /** The inflated bytes; the array may be larger than {@link #size}. */
  public byte[] data() {
    return data;
  }

  public int size() {
    return size;
  }

  public void clear() {
    if (data.length > MAX_KEPT) {
      data = new byte[0];
    }
    size = 0;
    blocks = 0;
  }

  /** Ensures room for {@code more} bytes, so that appending them does not reallocate. */
  public void reserve(int more) {
    if (data.length - size < more) {
      byte[] larger = ByteArrays.acquire(Math.max(size + more, data.length + (data.length >> 1)));
      System.arraycopy(data, 0, larger, 0, size);
      data = larger; // the old array may still be read by others, so it is not returned to the pool
    }
  }

  /**
   * Appends block {@code i} of a chunk.
   *
   * @param file the file's name, for errors
   * @throws BamFormatException if the inflated bytes do not match CRC32 and ISIZE
   */
  public void append(RawChunk chunk, int i, BlockInflater inflater, String file)
      throws BamFormatException {
    int from = chunk.at[i] + chunk.headerLength[i];
    int footer = chunk.end(i) - BlockHeader.FOOTER_BYTES;
    int length = chunk.inflatedLength[i];
    long block = chunk.position + chunk.at[i];
    reserve(length);
    int crc;
    try {
      crc = inflater.inflate(chunk.bytes, from, footer - from, data, size, length);
    } catch (DataFormatException e) {
      throw damaged(file, block, "the block cannot be inflated (" + e.getMessage() + ")");
    }
    if (crc != LittleEndian.int32(chunk.bytes, footer)) {
      throw damaged(file, block, "the block's CRC32 does not match");
    }
    if (blocks == start.length) {
      start = Arrays.copyOf(start, 2 * blocks);
      position = Arrays.copyOf(position, 2 * blocks);
    }
    start[blocks] = size;
    position[blocks++] = block;
    size += length;
    end = chunk.position + chunk.end(i);
  }

  /**
   * Appends bytes that were inflated and checked elsewhere; {@link #virtualOffset} does not cover
   * them.
   */
  public void append(byte[] source, int from, int length) {
    reserve(length);
    System.arraycopy(source, from, data, size, length);
    size += length;
  }

  /**
   * Virtual offset of byte {@code offset}; the start of the next block if {@code offset} is {@link
   * #size}.
   */
  public long virtualOffset(int offset) {
    if (offset >= size) {
      return VirtualOffset.of(end);
    }
    int found = Arrays.binarySearch(start, 0, blocks, offset);
    int block = found < 0 ? -found - 2 : found;
    while (block + 1 < blocks && start[block + 1] == offset) {
      block++; // empty blocks have the same start: the byte is in the last of them
    }
    return VirtualOffset.of(position[block], offset - start[block]);
  }

  private static BamFormatException damaged(String file, long block, String problem) {
    return new BamFormatException(
        file, VirtualOffset.of(block), problem, "the file is damaged; transfer it again");
  }

  /** Returns the array to the pool. */
  @Override
  public void close() {
    ByteArrays.release(data);
    data = new byte[0];
    size = 0;
    blocks = 0;
  }
}
